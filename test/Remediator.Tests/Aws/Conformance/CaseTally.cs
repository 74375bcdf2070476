namespace Remediator.Tests.Aws.Conformance;

/// <summary>Counts how cases ended, by protocol and direction.</summary>
internal static class CaseTally
{
    public static IEnumerable<string> Lines(IReadOnlyCollection<CaseVerdict> verdicts)
    {
        foreach (var group in verdicts.GroupBy(verdict => (verdict.Protocol, verdict.Direction)).OrderBy(group => group.Key))
        {
            yield return $"{group.Key.Protocol} {group.Key.Direction}: {Counts(group)}";
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
