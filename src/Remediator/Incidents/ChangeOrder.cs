using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Playbooks;

namespace Remediator.Incidents;

/// <summary>What may be done about an incident.</summary>
internal sealed record ChangeOrder
{
    /// <summary>What the first cannot do, the second does.</summary>
    public required ImmutableArray<Aim> Aims { get; init; }

    /// <summary>Says what is wanted; null where no playbook answers the rule.</summary>
    public Playbook? Wanted { get; init; }

    /// <summary>Whose recorded settings may be put back.</summary>
    public ImmutableArray<Playbook> Recorded { get; init; } = [];

    public required DeployedRule Rule { get; init; }

    /// <summary>When the rule is evaluated, as far as it says so.</summary>
    public RuleTrigger Trigger { get; init; }

    /// <summary>The policy's values for the playbooks' parameters.</summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>Where values of missing tags come from, the first choice first.</summary>
    public ImmutableArray<TagSource> TagsFrom { get; init; } = [TagSource.Policy];

    /// <summary>The resource's tags, where the policy had them read; null where it did not ask.</summary>
    public ImmutableDictionary<string, string>? Tags { get; init; }

    /// <summary>What the policy knows of the account that may be the value of a tag, by name.</summary>
    public ImmutableSortedDictionary<string, string> AccountFacts { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How old a recorded value may be.</summary>
    public TimeSpan MaxAge { get; init; }

    /// <summary>The role that Cloud Control is called with, by name or ARN; null for the caller's own permissions.</summary>
    public string? Role { get; init; }

    /// <summary>What is done with a resource that a stack, Terraform or an autoscaler owns; null where the policy does not say.</summary>
    public OwnedHandling? Owned { get; init; }

    /// <summary>The alarms that take the change back; null where the policy names none.</summary>
    public UndoOn? UndoOn { get; init; }

    /// <summary>Hands what a stack owns back to its template; null where the policy does not want that.</summary>
    public Playbook? StackDrift { get; init; }
}

/// <summary>What makes AWS Config evaluate a rule, as far as the rule says so.</summary>
internal enum RuleTrigger
{
    Unknown,
    Change,
    Periodic,
}

/// <summary>What is done with a resource that a stack, Terraform or an autoscaler owns.</summary>
internal enum OwnedHandling
{
    Change,
    Ask,
    RevertStack,
}
