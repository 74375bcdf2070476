namespace Remediator.Tests.Aws.Conformance;

/// <summary>The result of a conformance case.</summary>
internal sealed record CaseVerdict(string Key, string Protocol, string Direction, CaseEnd End, string Why = "");

internal enum CaseEnd
{
    Passed,
    Failed,
    NotApplicable,

    /// <summary>A case about a service without a model.</summary>
    OfNoModel,
}
