using System.Text.RegularExpressions;
using Remediator.Emulator;

namespace Remediator.Tests.Conventions;

/// <summary>Each type is in the file with its name, with related small types and no other class.</summary>
public sealed partial class TypeTests
{
    // Tests of the project as a whole, which have no folder in the source.
    private static readonly string[] WithoutSource = ["Conventions", "Documentation", "Scenarios"];

    // Top-level statements; and freezes, windows and the wait that follows from them, which belong together.
    private static readonly string[] WithoutType = ["Program", "ChangeTimes"];

    [Fact]
    public void Every_file_has_the_type_of_its_name() => Assert.Empty(
        from file in Sources.Under("src")
        let name = Path.GetFileName(file.Path).Split('.')[0]
        where !WithoutType.Contains(name) && Types(file.Text).All(t => t.Name != name)
        select file.Path);

    /// <summary>Records, enums with their names, delegates and exceptions stay with the class or interface that uses them.</summary>
    [Fact]
    public void No_file_has_two_classes_that_do_something() => Assert.Empty(
        from file in Sources.Under("src")
        let classes = Types(file.Text).Where(t => t.Kind is "class" or "interface" && !Belongs().IsMatch(t.Name)).ToList()
        where classes.Count > 1
        select $"{file.Path}: {string.Join(", ", classes.Select(c => c.Name))}");

    [Fact]
    public void Folders_of_tests_are_those_of_the_source()
    {
        var sources = Folders("src/Remediator").Concat(Folders("src").Select(f => f.Replace("Remediator.", "", StringComparison.Ordinal)));

        Assert.Empty(Folders("test/Remediator.Tests").Except(WithoutSource).Except(sources));
    }

    private static IEnumerable<(string Kind, string Name)> Types(string text) =>
        Type().Matches(text).Select(m => (m.Groups["kind"].Value, m.Groups["name"].Value));

    private static IEnumerable<string> Folders(string under) => Directory.EnumerateDirectories(Repository.At(under))
        .Select(f => Path.GetFileName(f)).Where(f => f is not ("bin" or "obj"));

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|abstract|sealed|static|readonly|partial) )+(?:record )?"
        + @"(?<kind>class|interface|struct|enum|record|delegate \S+) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Type();

    [GeneratedRegex("(?:Exception|Names|Words|Kinds|Json)$")]
    private static partial Regex Belongs();
}
