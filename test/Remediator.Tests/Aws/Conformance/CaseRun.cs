using System.Text.Json;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Runs a case and reports the result. A case that passes counts as passed even if it is listed as not applicable.</summary>
internal static class CaseRun
{
    public static async Task<CaseVerdict> RunAsync(CaseVerdict verdict, JsonElement testCase, Func<Task<string?>> run)
    {
        if (await ProblemAsync(run) is not { } problem)
        {
            return verdict;
        }

        return Exclusions.Reason(verdict.Key, testCase) is { } reason
            ? verdict with { End = CaseEnd.NotApplicable, Why = reason }
            : verdict with { End = CaseEnd.Failed, Why = problem };
    }

    private static async Task<string?> ProblemAsync(Func<Task<string?>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception unexpected)
        {
            return unexpected.ToString();
        }
    }
}
