using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Playbooks;
using Remediator.Values;
using YamlDotNet.RepresentationModel;

namespace Remediator.Tests.Authoring.Checks;

public class SchemaTests
{
    private static readonly JsonElement Schema = Json.Parse(File.ReadAllText(Repository.PathOf("playbooks", "schema.json")));

    [Fact]
    [Trait("Category", "Slow")]
    public void Every_playbook_fits_the_schema()
    {
        var problems = PlaybookLibrary.Names(Repository.PathOf("playbooks"))
            .SelectMany(name => Check(File.ReadAllText(Repository.PathOf("playbooks", name + ".yaml"))).Select(p => $"{name}{p}"));

        Assert.Empty(problems);
    }

    [Fact]
    public void What_the_reader_refuses_the_schema_refuses()
    {
        Assert.Empty(Check(Lint.Good));
        Assert.Equal(": unknown 'scoop'", Assert.Single(Check(Lint.Good + "\nscoop: global")));
        Assert.NotEmpty(Check(Lint.Good.Replace("impact: brief", "impact: big", StringComparison.Ordinal)));
        Assert.NotEmpty(
            Check(Lint.Good.Replace("call: s3:GetPublicAccessBlock", "calls: s3:GetPublicAccessBlock", StringComparison.Ordinal)));
        Assert.NotEmpty(Check(Lint.Good.Replace("summary:", "# summary:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_word_of_the_schema_is_one_of_the_readers()
    {
        var words = Names(Schema).Where(w => w is not ("summary" or "read" or "write"));
        var text = $"summary: x\n{string.Concat(words.Select(w => $"{w}: x\n"))}read: {Mapping("query")}\nwrite: {Mapping("call")}";

        var (_, problems) = PlaybookReader.TryRead("s3/x", "x.yaml", text);

        Assert.DoesNotContain(problems, p => p.Code is "PB001" or "PB003");
    }

    [Fact]
    public void Every_word_of_the_page_is_one_of_the_schemas()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "playbooks.md"));
        var words = Regex.Matches(
            page[..page.IndexOf("A **query**", StringComparison.Ordinal)], "^\\| `([a-z-]+)` \\|", RegexOptions.Multiline)
            .Select(m => m.Groups[1].Value);

        Assert.Equal(Names(Schema).Order(StringComparer.Ordinal), words.Order(StringComparer.Ordinal));
    }

    private static string Mapping(string definition) =>
        $"{{{string.Join(", ", Names(Schema.GetProperty("definitions").GetProperty(definition)).Select(n => $"{n}: x"))}}}";

    private static IEnumerable<string> Names(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(p => p.Name);

    [Fact]
    public void Every_guide_fits_the_schema_of_guides_whose_words_are_those_of_the_reader_and_of_the_page()
    {
        var schema = Json.Parse(File.ReadAllText(Repository.PathOf("playbooks", "guide.schema.json")));
        var folder = Repository.PathOf("playbooks");
        var page = File.ReadAllText(Repository.PathOf("docs", "playbooks.md"));
        page = page[page.IndexOf("\n## Guides\n", StringComparison.Ordinal)..];

        Assert.Empty(PlaybookLibrary.GuideNames(folder).SelectMany(name =>
            Check(File.ReadAllText(Path.Combine(folder, name + PlaybookLibrary.GuideEnding)), schema).Select(p => $"{name}{p}")));
        Assert.Equal(PlaybookReader.GuideWords.Order(), Names(schema).Order());
        Assert.Equal(PlaybookReader.GuideStepWords.Order(), Names(schema.GetProperty("definitions").GetProperty("next")).Order());
        Assert.All(Names(schema).Concat(PlaybookReader.GuideStepWords), word => Assert.Contains(
            $"\n| `{word}` |", page, StringComparison.Ordinal));
    }

    private static List<string> Check(string yaml, JsonElement? schema = null)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. new SchemaRules(schema ?? Schema).Check(ToJson(stream.Documents[0].RootNode))];
    }

    private static JsonElement ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => Json.Object(map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, ToJson(c.Value)))),
        YamlSequenceNode list => Json.List(list.Children.Select(ToJson)),
        YamlScalarNode scalar => YamlReader.Scalar(scalar),
        _ => Json.Null,
    };
}
