using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Authoring.Coverage;

/// <summary>What happens to a resource that a deployed rule reports, ordered by how much is left to people.</summary>
internal enum Coverage
{
    Exempt,
    Fixed,
    Asked,
    Observed,

    /// <summary>A playbook answers, but the policy lacks values for it.</summary>
    NotConfigured,

    ByHand,
}

/// <summary>What happens to findings of a deployed rule, for some of its resource types.</summary>
/// <param name="Types">Empty if the rule does not list them.</param>
/// <param name="Playbook">The playbook that answers; empty if none does.</param>
/// <param name="Missing">Parameters that the policy has to give first.</param>
/// <param name="Says">The reason and the result; for <see cref="Coverage.ByHand"/>, what a person does.</param>
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

/// <summary>The names of <see cref="Coverage"/> in text and JSON.</summary>
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
