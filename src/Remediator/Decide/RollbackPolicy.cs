using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Decide;

/// <summary>How far back, and when, a resource is rolled back.</summary>
/// <param name="MaxAge">How old a recorded value may be.</param>
/// <param name="Quiet">How long nobody may have changed the resource.</param>
internal sealed record RollbackPolicy(TimeSpan MaxAge, TimeSpan Quiet)
{
    /// <summary>Where it stands in the file.</summary>
    public Place At { get; init; }

    /// <summary>The types that are rolled back through Cloud Control.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>All settings that are known of the type go back, whatever the rule is about: a person asked for it.</summary>
    public bool IsOfEverything { get; init; }

    /// <summary>The role that Cloud Control is called with: its name, the same in each account, or its ARN. Null for none.</summary>
    public string? Role { get; init; }
}
