using System.Text.Json;
using Xunit.Abstractions;

namespace Remediator.Tests.JmesPath;

/// <summary>
/// Runs case files in the format of the public compliance suite: this project's own, and those of a folder named from outside.
/// </summary>
public sealed class SuiteTests(ITestOutputHelper output)
{
    private static readonly string OwnCases = Path.Combine(AppContext.BaseDirectory, "JmesPath", "Cases");

    [Fact]
    public void Every_case_of_the_suite_gives_its_result_or_its_kind_of_error()
    {
        var cases = Folders().SelectMany(SuiteCase.ReadFolder).ToList();

        var failures = cases.Select(c => c.Failure()).OfType<string>().ToList();

        var summary = $"jmespath cases: {cases.Count - failures.Count} passed, {failures.Count} failed";
        output.WriteLine(summary);
        Console.WriteLine(summary);
        Assert.True(failures.Count == 0, string.Join('\n', [summary, .. failures]));
        Assert.True(cases.Count > 200, $"only {cases.Count} cases were found");
    }

    [Fact]
    public void A_case_with_a_wrong_result_or_a_wrong_kind_of_error_fails()
    {
        var given = JsonElement.Parse("""{"a": 1}""");

        Assert.NotNull(Case("""{"expression": "a", "result": 2}""").Failure());
        Assert.NotNull(Case("""{"expression": "a", "error": "syntax"}""").Failure());
        Assert.NotNull(Case("""{"expression": "abs(`1`, `2`)", "error": "invalid-type"}""").Failure());
        Assert.NotNull(Case("""{"expression": "a[", "bench": "parse"}""").Failure());
        Assert.Null(Case("""{"expression": "a", "result": 1.0}""").Failure());

        SuiteCase Case(string json) => new("here", given, JsonElement.Parse(json));
    }

    private static IEnumerable<string> Folders()
    {
        yield return OwnCases;
        if (Environment.GetEnvironmentVariable("REMEDIATOR_JMESPATH_CASES") is { Length: > 0 } named)
        {
            yield return named;
        }
    }
}
