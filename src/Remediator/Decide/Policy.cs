using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Decide;

/// <summary>How far the service may go.</summary>
internal enum Mode
{
    /// <summary>Plans and records; changes nothing.</summary>
    Observe,

    /// <summary>Plans, asks a person, and changes once one has agreed.</summary>
    Approve,
    Auto,
}

/// <summary>What this deployment may do: <c>policy.yaml</c>, read once.</summary>
internal sealed record Policy
{
    public required PolicyEntry Defaults { get; init; }

    /// <summary>In the order of the file; the first that matches is laid over the defaults.</summary>
    public ImmutableArray<PolicyEntry> Rules { get; init; } = [];

    public ImmutableArray<Exemption> Exemptions { get; init; } = [];

    public ImmutableArray<FreezeWindow> Freezes { get; init; } = [];

    public required Budgets Budgets { get; init; }

    /// <summary>True where a decision may hang on a resource's tags, so that they have to be read.</summary>
    public bool LooksAtTags => Rules.Any(r => r.Match.LooksAtTags) || Exemptions.Any(e => e.Match.LooksAtTags);

    public PolicyEntry For(Subject subject) =>
        Rules.FirstOrDefault(r => r.Match.Matches(subject)) is { } entry ? entry.Over(Defaults) : Defaults;
}

/// <summary>What a decision is about.</summary>
internal sealed record Subject(ResourceKey Resource, string RuleName, string RuleIdentifier)
{
    /// <summary>Null until they were read.</summary>
    public ImmutableDictionary<string, string>? Tags { get; init; }
}

/// <summary>What the policy says of the subjects that it matches; what it leaves open, the defaults say.</summary>
internal sealed record PolicyEntry(Match Match)
{
    public Mode? Mode { get; init; }

    public string? Owner { get; init; }

    public string? Environment { get; init; }

    public string? Severity { get; init; }

    /// <summary>The playbook to use where several answer, or for a custom rule.</summary>
    public string? Playbook { get; init; }

    /// <summary>The share of resources, in percent, that the mode applies to; the others are observed.</summary>
    public int? Rollout { get; init; }

    public JsonElement Parameters { get; init; } = Json.EmptyObject;

    public PolicyEntry Over(PolicyEntry under) => this with
    {
        Mode = Mode ?? under.Mode,
        Owner = Owner ?? under.Owner,
        Environment = Environment ?? under.Environment,
        Severity = Severity ?? under.Severity,
        Playbook = Playbook ?? under.Playbook,
        Rollout = Rollout ?? under.Rollout,
        Parameters = Merging.Merge(under.Parameters, Parameters),
    };
}

/// <summary>Resources that are left alone, why, and until when.</summary>
internal sealed record Exemption(Match Match, string Reason, DateTimeOffset Until, Place At);

/// <summary>A time in which nothing is changed.</summary>
internal sealed record FreezeWindow(DateTimeOffset From, DateTimeOffset Until, string Reason);

/// <summary>How many changes an hour may see.</summary>
internal sealed record Budgets(int PerHour, int PerAccount, int PerPlaybook)
{
    public static Budgets Default { get; } = new(PerHour: 200, PerAccount: 100, PerPlaybook: 50);
}
