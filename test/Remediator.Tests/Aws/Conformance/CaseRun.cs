using System.Text.Json;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Runs a case that applies, and tells how it ended.</summary>
internal static class CaseRun
{
    public static async Task<CaseVerdict> RunAsync(CaseVerdict verdict, JsonElement testCase, Func<Task<string?>> run)
    {
        if (Exclusions.Reason(verdict.Key, testCase) is { } reason)
        {
            return verdict with { End = CaseEnd.NotApplicable, Why = reason };
        }

        try
        {
            var problem = await run();
            return problem is null ? verdict : verdict with { End = CaseEnd.Failed, Why = problem };
        }
        catch (Exception unexpected)
        {
            return verdict with { End = CaseEnd.Failed, Why = unexpected.ToString() };
        }
    }
}
