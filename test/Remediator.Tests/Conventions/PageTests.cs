using System.Text.RegularExpressions;
using Remediator.Tests.Documentation;

namespace Remediator.Tests.Conventions;

public partial class PageTests
{
    [Fact]
    public void Every_page_of_the_documentation_is_reached_from_the_readme()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        Follow(Documents.At("README.md"), reached);

        Assert.Empty(Documents.Files.Where(f => !reached.Contains(f)).Select(f => Documents.Relative(f)));
    }

    [Fact]
    public void Every_decision_has_a_number_of_its_own_and_its_line_in_the_list()
    {
        var pages = Directory.EnumerateFiles(Documents.At("docs", "decisions"), "0*.md").Order(StringComparer.Ordinal).ToList();
        var lines = pages.Select((page, i) =>
        {
            var title = File.ReadLines(page).First();
            Assert.StartsWith($"{i + 1:0000}-", Path.GetFileName(page), StringComparison.Ordinal);
            Assert.StartsWith($"# {i + 1}. ", title, StringComparison.Ordinal);
            return $"{i + 1}. [{title[(title.IndexOf(". ", StringComparison.Ordinal) + 2)..]}]({Path.GetFileName(page)})";
        });

        Assert.Equal(lines, Documents.Read("docs", "decisions", "README.md").Split('\n').Where(l => Numbered().IsMatch(l)));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Document_links_to_the_glossary(string document) =>
        Assert.Contains("(docs/glossary.md)", Documents.Read(document), StringComparison.Ordinal);

    [Fact]
    public void The_first_section_of_the_changelog_with_a_version_is_the_version_that_is_built() => Assert.Equal(
        Version().Match(Documents.Read("Directory.Build.props")).Groups[1].Value,
        Released().Match(Documents.Read("CHANGELOG.md")).Groups[1].Value);

    private static void Follow(string page, HashSet<string> reached)
    {
        if (!reached.Add(page))
        {
            return;
        }

        var folder = Path.GetDirectoryName(page)!;
        foreach (var link in Links().Matches(File.ReadAllText(page)).Select(m => Path.GetFullPath(m.Groups[1].Value, folder)))
        {
            if (File.Exists(link))
            {
                Follow(link, reached);
            }
        }
    }

    [GeneratedRegex(@"\]\(([^)\s#:]+\.md)(?:#[^)]*)?\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^\d+\. ")]
    private static partial Regex Numbered();

    [GeneratedRegex("<VersionPrefix>(.+)</VersionPrefix>")]
    private static partial Regex Version();

    [GeneratedRegex(@"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$", RegexOptions.Multiline)]
    private static partial Regex Released();
}
