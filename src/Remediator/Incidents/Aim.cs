using System.Collections.Immutable;

namespace Remediator.Incidents;

/// <summary>Where a change goes to.</summary>
internal enum Aim
{
    /// <summary>What the playbook wants.</summary>
    Wanted,

    /// <summary>What AWS Config recorded while the rule held.</summary>
    LastCompliant,
}

internal static class AimNames
{
    /// <summary>As the policy writes them, in the order of <see cref="Aim"/>.</summary>
    public static readonly ImmutableArray<string> All = ["wanted", "last-compliant"];
}
