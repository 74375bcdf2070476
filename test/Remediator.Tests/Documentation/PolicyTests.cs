using System.Text.RegularExpressions;
using Remediator.Authoring.Catalog;
using Remediator.Authoring.Checks;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Playbooks;

namespace Remediator.Tests.Documentation;

public sealed partial class PolicyTests
{
    private static readonly PlaybookSet Playbooks = PlaybookSet.Of(new PlaybookLibrary(Repository.At("playbooks")));

    [Fact]
    public void Every_policy_that_a_document_shows_has_no_problem()
    {
        var examples = Documents.Files
            .SelectMany(
                file => Yaml().Matches(File.ReadAllText(file)),
                (file, m) => (File: Path.GetFileName(file), Text: Unindented(m.Groups[1].Value)))
            .Where(e => PolicyWords().IsMatch(e.Text) && !e.Text.Contains("# playbooks/", StringComparison.Ordinal))
            .ToList();

        var now = new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);
        var problems = examples.SelectMany(e => PolicyFile.TryRead(e.File, e.Text, Playbooks, now).Problems).Where(p => !p.IsWarning);

        Assert.True(examples.Count >= 2, $"{examples.Count}");
        Assert.Empty(problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Every_word_of_the_schema_has_its_place_in_the_reference() => Assert.All(
        Words(PolicySchema.Root), word => Assert.Contains($"`{word.Name}`", Documents.Read("docs", "policy.md"), StringComparison.Ordinal));

    [Fact]
    public void Every_default_of_the_schema_stands_in_the_reference() => Assert.All(
        Words(PolicySchema.Root).Where(w => w.Default is not null),
        word => Assert.Matches($@"\n\| `{word.Name}` \| .* \| `{Regex.Escape(word.Default!)}` \|", Documents.Read("docs", "policy.md")));

    [Fact]
    public void The_policy_as_shipped_names_its_schema_and_has_no_problem()
    {
        var text = Documents.Read("policy.yaml");

        Assert.StartsWith($"# yaml-language-server: $schema={PolicySchemaFile.Name}\n", text, StringComparison.Ordinal);
        Assert.Empty(PolicyFile.TryRead("policy.yaml", text, Playbooks, DateTimeOffset.MinValue).Problems);
    }

    private static IEnumerable<Word> Words(Shape shape) => shape switch
    {
        Shape.Mapping mapping => mapping.Words.SelectMany(w => Words(w.Shape).Prepend(w)),
        Shape.List list => Words(list.Item),
        Shape.PercentOr other => Words(other.Words),
        Shape.Table table => Words(table.Value),
        _ => [],
    };

    private static string Unindented(string text)
    {
        var lines = text.Split('\n');
        var indent = lines.Where(l => l.Trim().Length > 0).Min(l => l.Length - l.TrimStart().Length);
        return string.Join('\n', lines.Select(l => l.Length > indent ? l[indent..] : l.Trim()));
    }

    [GeneratedRegex("^ *```ya?ml\n(.*?)\n *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex("^(defaults:|rules:\\s*(#.*)?$|exemptions:|freezes:|budgets:|escalation:|backlog:|auto-up-to:)",
        RegexOptions.Multiline)]
    private static partial Regex PolicyWords();
}
