namespace Remediator.Tests.Aws.Conformance;

/// <summary>Counts the results of cases, by protocol and direction.</summary>
internal static class CaseTally
{
    public static IEnumerable<string> Lines(IReadOnlyCollection<CaseVerdict> verdicts)
    {
        foreach (
            var group in verdicts
                .Where(verdict => verdict.End != CaseEnd.OfNoModel)
                .GroupBy(verdict => (verdict.Protocol, verdict.Direction))
                .OrderBy(group => group.Key))
        {
            yield return $"{group.Key.Protocol} {group.Key.Direction}: {Counts(group)}";
        }

        if (verdicts.Count(verdict => verdict.End == CaseEnd.OfNoModel) is > 0 and var others)
        {
            yield return $"endpoint cases of services that no model names: {others}, left out";
        }

        foreach (
            var left in verdicts
                .Where(verdict => verdict.End == CaseEnd.NotApplicable)
                .GroupBy(verdict => verdict.Why)
                .OrderByDescending(group => group.Count()))
        {
            yield return $"not applicable: {left.Count()}: {left.Key}";
        }

        yield return $"protocol cases: {Counts(verdicts)}";
    }

    private static string Counts(IEnumerable<CaseVerdict> verdicts)
    {
        var ends = verdicts.CountBy(verdict => verdict.End).ToDictionary();
        return $"{ends.GetValueOrDefault(CaseEnd.Passed)} passed, {ends.GetValueOrDefault(CaseEnd.Failed)} failed, "
            + $"{ends.GetValueOrDefault(CaseEnd.NotApplicable)} not applicable";
    }
}
