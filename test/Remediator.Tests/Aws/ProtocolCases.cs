using Remediator.Tests.Aws.Conformance;
using Xunit.Abstractions;

namespace Remediator.Tests.Aws;

/// <summary>
/// Runs public conformance suites and the project's own cases in the same format: protocols, real operations, signatures, endpoints.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ProtocolCases(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_conformance_case_passes_or_is_listed_with_the_reason_why_not()
    {
        var verdicts = new List<CaseVerdict>();
        foreach (var testCase in CaseFiles.Cases())
        {
            verdicts.Add(await AnyCase.RunAsync(testCase));
        }

        var failed = verdicts.Where(verdict => verdict.End == CaseEnd.Failed).ToList();
        foreach (var line in CaseTally.Lines(verdicts).Concat(failed.Select(verdict => $"FAILED {verdict.Key}: {verdict.Why}")))
        {
            // Also on the console, because the output of a passing test is not shown.
            output.WriteLine(line);
            Console.WriteLine(line);
        }

        Assert.True(failed is [], $"{failed.Count} cases failed; the first: {failed.FirstOrDefault()}");
    }

    [Fact]
    public async Task The_projects_own_cases_cover_every_protocol_in_both_directions()
    {
        var verdicts = new List<CaseVerdict>();
        foreach (var testCase in CaseFiles.Cases(CaseFiles.Own))
        {
            verdicts.Add(await AnyCase.RunAsync(testCase));
        }

        var passed = verdicts.Where(verdict => verdict.End == CaseEnd.Passed);
        var kinds = passed.Select(verdict => verdict.Direction == "sample" ? "sample" : $"{verdict.Protocol} {verdict.Direction}")
            .ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "awsJson1.0 input", "awsJson1.0 output", "awsJson1.1 input", "awsJson1.1 output", "awsQuery input", "awsQuery output",
                "ec2Query input", "ec2Query output", "restJson1 input", "restJson1 output", "restXml input", "restXml output",
                "sample", "sigv4 signature", "endpoints resolve",
            },
            kinds);
    }
}
