using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Values;

namespace Remediator.Tests.Checks;

public class ExampleTests
{
    private static readonly string[] Examples =
        [.. Regex.Matches(File.ReadAllText(Repository.PathOf("docs", "playbooks.md")), "```yaml\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value)];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Examples.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_worked_example_has_no_problem(int number) => Assert.Empty(Lint.Of(Examples[number]));

    [Fact]
    public void Every_word_of_the_language_is_in_an_example()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("playbooks", "schema.json")));
        var words = Names(schema.RootElement).Concat(Names(schema.RootElement.GetProperty("definitions").GetProperty("query"))).Concat(Names(schema.RootElement.GetProperty("definitions").GetProperty("call")));
        var used = Examples.SelectMany(e => Regex.Matches(e, @"(?:^|[\s{])([a-z-]+):", RegexOptions.Multiline).Select(m => m.Groups[1].Value));

        Assert.Empty(words.Except(used).Except(["ignore", "fails-when", "when", "as", "gone-on"]));
    }

    private static IEnumerable<string> Names(JsonElement schema) => schema.Member("properties").EnumerateObject().Select(p => p.Name);
}
