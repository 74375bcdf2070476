using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Authoring.Coverage;

/// <summary>What becomes of a resource that a deployed rule reports, in the order of what is left to people.</summary>
internal enum Coverage
{
    Exempt,
    Fixed,
    Asked,
    Observed,

    /// <summary>A playbook answers, and the policy does not say enough for it.</summary>
    NotConfigured,

    ByHand,
}

/// <summary>What a deployed rule leads to, for some of its types of resources.</summary>
/// <param name="Types">None where the rule does not say them.</param>
/// <param name="Playbook">The one that answers; empty where none does.</param>
/// <param name="Missing">Parameters that the policy has to give first.</param>
/// <param name="Says">Why, and what comes of it; for <see cref="Coverage.ByHand"/>, what a person does.</param>
internal sealed record CoverageLine(
    string Account,
    string Region,
    ConfigRule Rule,
    Coverage Coverage,
    ImmutableArray<string> Types,
    string Playbook,
    Mode? Mode,
    ImmutableArray<string> Missing,
    string Says);

/// <summary>How people and machines read <see cref="Coverage"/>.</summary>
internal static class CoverageNames
{
    public static string Name(this Coverage coverage) => coverage switch
    {
        Coverage.Exempt => "exempt",
        Coverage.Fixed => "fixed",
        Coverage.Asked => "asked",
        Coverage.Observed => "observed",
        Coverage.NotConfigured => "not-configured",
        _ => "by-hand",
    };

    public static string Words(this Coverage coverage) => coverage switch
    {
        Coverage.Exempt => "exempt",
        Coverage.Fixed => "fixed unasked",
        Coverage.Asked => "fixed after a person's yes",
        Coverage.Observed => "observed",
        Coverage.NotConfigured => "not configured",
        _ => "left to a person, with guidance",
    };
}
