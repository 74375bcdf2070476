using System.Text.Json;
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
        foreach (var testCase in Lines("*.jsonl").Where(testCase => testCase.TryGetProperty("direction", out _)))
        {
            verdicts.Add(await ProtocolCase.RunAsync(testCase));
        }

        foreach (var samples in CaseFolders.Files("*sample_ops*.json").Select(file => JsonElement.Parse(File.ReadAllBytes(file))))
        {
            verdicts.AddRange(await SampleCase.RunAsync(samples));
        }

        verdicts.AddRange(Lines("*sigv4*.jsonl").Select(SigningCase.Run));

        Report(verdicts);
        Assert.NotEmpty(verdicts);
        Assert.DoesNotContain(verdicts, verdict => verdict.End == CaseEnd.Failed);
    }

    private static IEnumerable<JsonElement> Lines(string pattern) =>
        CaseFolders.Files(pattern).SelectMany(File.ReadLines).Where(line => line.Length > 0).Select(line => JsonElement.Parse(line));

    private void Report(List<CaseVerdict> verdicts)
    {
        foreach (var failed in verdicts.Where(verdict => verdict.End == CaseEnd.Failed))
        {
            output.WriteLine($"FAILED {failed.Key}: {failed.Why}");
        }

        foreach (var left in verdicts.Where(verdict => verdict.End == CaseEnd.NotApplicable))
        {
            output.WriteLine($"not applicable {left.Key}: {left.Why}");
        }

        foreach (var line in CaseTally.Lines(verdicts))
        {
            output.WriteLine(line);
        }
    }
}
