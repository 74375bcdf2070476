using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Emulator;
using Remediator.Emulator.Cases;
using Remediator.Playbooks;
using Remediator.Tests.Authoring.Checks;
using Remediator.Values;

namespace Remediator.Tests.Documentation;

/// <summary>docs/playbooks.md explains each keyword of playbooks/schema.json with an example that is tested.</summary>
public partial class PlaybookWordsTests
{
    private static readonly string Page = Documents.Read("docs", "playbooks.md");

    private static readonly JsonElement Schema = Json.Parse(Documents.Read("playbooks", "schema.json"));

    public static TheoryData<WordExample> Examples => [.. ExamplesIn(Page)];

    [Theory]
    [InlineData("playbook", "The words of a playbook, one by one")]
    [InlineData("query", "The words of a query")]
    [InlineData("call", "The words of a call")]
    public void Every_word_has_an_entry_with_an_example_that_uses_it(string part, string heading)
    {
        var entries = Entries().Split(Section(heading)).Skip(1).Select(
            e => (Words: Quoted().Matches(e[..e.IndexOf('\n', StringComparison.Ordinal)]), Examples: ExamplesIn(e)));
        var explained =
            from entry in entries
            from word in entry.Words.Select(m => m.Groups[1].Value)
            where entry.Examples.Any(e => e.Words(part).Contains(word))
            select word;

        Assert.Equal(WordsOf(part).Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_a_playbook_without_a_problem_or_stands_in_one(WordExample example)
    {
        if (example.Playbook is not { } name)
        {
            Assert.Empty(Lint.Of(example.Text));
            return;
        }

        var text = Documents.Read("playbooks", name + ".yaml");
        var file = WordExample.Parse(text);
        Assert.Empty(Lint.Of(text, name: name));
        Assert.All(example.Root.Children, word => Assert.Equal(file.Children[word.Key], word.Value));
    }

    [Fact]
    public async Task Example_of_a_case_is_one_and_its_words_are_in_the_table()
    {
        var section = Section("Cases");
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "our-rule.case.yaml");
        await File.WriteAllTextAsync(file, section.Split("```")[1].TrimStart('\n'));

        Assert.Empty(PlaybookCaseReader.Problems(file));
        Assert.All(PlaybookCaseReader.Words, word => Assert.Matches($@"(?m)^\| .*`{word}`.* \| ", section));
    }

    private static IEnumerable<string> WordsOf(string part) => part is not "playbook"
        ? Names(Definition(part))
        : Names(Schema)
            .Concat(Names(Schema.GetProperty("properties").GetProperty("params").GetProperty("additionalProperties")))
            .Concat(Names(Definition("guard")).Except(Names(Definition("query"))))
            .Concat(Names(Definition("evidence")).Except(Names(Definition("query"))))
            .Concat(Names(Definition("step")).Except(Names(Schema)));

    private static JsonElement Definition(string name) => Schema.GetProperty("definitions").GetProperty(name);

    private static IEnumerable<string> Names(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(p => p.Name);

    private static string Section(string heading)
    {
        var begin = Page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        var end = Page.IndexOf("\n## ", begin + 1, StringComparison.Ordinal);
        return end < 0 ? Page[begin..] : Page[begin..end];
    }

    private static List<WordExample> ExamplesIn(string text) => [.. Blocks().Matches(text).Select(m => new WordExample(m.Groups[1].Value))];

    [GeneratedRegex("^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("^### ", RegexOptions.Multiline)]
    private static partial Regex Entries();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Quoted();
}
