using System.Text.Json;
using Remediator.Aws;
using Remediator.Tests.Aws.Conformance;
using Xunit.Abstractions;

namespace Remediator.Tests.Aws;

/// <summary>AWS's own conformance suites, as data.</summary>
public sealed class ProtocolCases(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_conformance_case_passes_or_is_listed_with_the_reason_why_not()
    {
        var verdicts = new List<CaseVerdict>();
        foreach (var file in CaseFolders.Files("*.jsonl").Where(IsProtocolFile))
        {
            foreach (var line in File.ReadLines(file))
            {
                verdicts.Add(await RunAsync(JsonElement.Parse(line)));
            }
        }

        Report(verdicts);
        Assert.NotEmpty(verdicts);
        Assert.DoesNotContain(verdicts, verdict => verdict.End == CaseEnd.Failed);
    }

    private static bool IsProtocolFile(string file) =>
        Path.GetFileName(file) is var name && !name.StartsWith("endpoint", StringComparison.Ordinal) && !name.StartsWith("sigv4", StringComparison.Ordinal);

    private static async Task<CaseVerdict> RunAsync(JsonElement testCase)
    {
        var key = testCase.TryGetProperty("key", out var own) ? own.GetString()! : $"{testCase.GetProperty("suite").GetString()}:{testCase.GetProperty("id").GetString()}";
        var direction = testCase.GetProperty("direction").GetString()!;
        var verdict = new CaseVerdict(key, testCase.GetProperty("protocol").GetString()!, direction, CaseEnd.Passed);
        if (Exclusions.Reason(key, testCase) is { } reason)
        {
            return verdict with { End = CaseEnd.NotApplicable, Why = reason };
        }

        try
        {
            var problem = direction == "input" ? await InputCase.RunAsync(testCase) : await OutputCase.RunAsync(testCase);
            return problem is null ? verdict : verdict with { End = CaseEnd.Failed, Why = problem };
        }
        catch (Exception unexpected)
        {
            return verdict with { End = CaseEnd.Failed, Why = unexpected.ToString() };
        }
    }

    private void Report(List<CaseVerdict> verdicts)
    {
        foreach (var failed in verdicts.Where(verdict => verdict.End == CaseEnd.Failed))
        {
            output.WriteLine($"FAILED {failed.Key}: {failed.Why}");
        }

        foreach (var line in CaseTally.Lines(verdicts))
        {
            output.WriteLine(line);
        }
    }
}
