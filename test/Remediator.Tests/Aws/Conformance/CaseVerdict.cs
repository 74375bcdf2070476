namespace Remediator.Tests.Aws.Conformance;

/// <summary>How a conformance case ended.</summary>
internal sealed record CaseVerdict(string Key, string Protocol, string Direction, CaseEnd End, string Why = "");

internal enum CaseEnd
{
    Passed,
    Failed,
    NotApplicable,

    /// <summary>About a service that no model names.</summary>
    OfNoModel,
}
