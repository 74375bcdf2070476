using System.Text.RegularExpressions;
using Remediator.Tests.Documentation;

namespace Remediator.Tests.Conventions;

/// <summary>README's packages are those that the projects reference, and each project's code uses the packages it references.</summary>
public sealed partial class PackageTests
{
    // Tools and test runners: the code does not refer to them.
    private static readonly string[] WithoutCode =
        ["Microsoft.NET.Test.Sdk", "coverlet.collector", "xunit.runner.visualstudio", "xunit", "xunit.assert", "xunit.extensibility.core",
        // Dependencies of JsonSchema.Net, referenced directly so that their namespaces are behind an alias too.
        "Json.More.Net", "JsonPointer.Net"];

    private static readonly IReadOnlyList<string> Projects =
    [
        .. new[] { "src", "test", "perf" }
            .SelectMany(f => Directory.EnumerateFiles(Documents.At(f), "*.csproj", SearchOption.AllDirectories)),
    ];

    public static IEnumerable<object[]> References =>
        from project in Projects from package in Referenced(project) select (object[])[Path.GetFileNameWithoutExtension(project), package];

    [Fact]
    public void Readme_says_used_of_the_packages_that_are_referenced_and_of_no_others()
    {
        var said =
            from row in Rows().Matches(Documents.Read("README.md"))
            where row.Groups[2].Value.StartsWith("used:", StringComparison.Ordinal)
            from package in row.Groups[1].Value.Split(", ")
            select package;

        Assert.Equal(Projects.SelectMany(Referenced).Distinct().Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(References))]
    public void What_is_referenced_is_used(string project, string package)
    {
        if (WithoutCode.Contains(package))
        {
            return;
        }

        var folder = Path.GetDirectoryName(Projects.Single(p => Path.GetFileNameWithoutExtension(p) == project))!;
        var used = Sources(folder).Any(f => File.ReadAllText(f).Contains($"using {Namespace(package)}", StringComparison.Ordinal));

        Assert.True(used, $"No file of {project} uses {package}.");
    }

    [Fact]
    public void Every_project_has_its_lock_file() =>
        Assert.All(Projects, p => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(p)!, "packages.lock.json")), p));

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(f => !Path.GetRelativePath(folder, f).StartsWith("obj", StringComparison.Ordinal));

    private static IEnumerable<string> Referenced(string project) =>
        Included().Matches(File.ReadAllText(project)).Select(m => m.Groups[1].Value);

    private static string Namespace(string package) => package switch
    {
        "JsonSchema.Net" => "JsonSchemaNet::Json.Schema",
        "AWSSDK.Core" => "Amazon.",
        "Microsoft.Extensions.Logging.Abstractions" => "Microsoft.Extensions.Logging",
        "Microsoft.Extensions.TimeProvider.Testing" => "Microsoft.Extensions.Time.Testing",
        _ => package.Replace("AWSSDK.", "Amazon.", StringComparison.Ordinal),
    };

    [GeneratedRegex(@"^\| ([A-Za-z0-9., ]+) \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("<PackageReference Include=\"([^\"]+)\"")]
    private static partial Regex Included();
}
