using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Incidents;

namespace Remediator.Aws;

/// <summary>What the service asks AWS Config, in the account and region of a change.</summary>
internal interface IConfigService
{
    /// <summary>The rule that an event names; null where it no longer exists.</summary>
    Task<ConfigRule?> RuleAsync(string account, string region, RuleRef rule, CancellationToken ct);

    /// <summary>The rule of that name; null where there is none.</summary>
    Task<RuleRef?> RuleNamedAsync(string account, string region, string name, CancellationToken ct);

    /// <summary>What each rule that evaluates the resource says of it, by the rules' names.</summary>
    Task<IReadOnlyDictionary<string, Compliance>> EvaluationsAsync(ResourceKey resource, string region, CancellationToken ct);

    /// <summary>What Config now holds of a resource under a rule; null where it holds nothing.</summary>
    Task<Evaluation?> EvaluationAsync(ResourceKey resource, string region, RuleRef rule, CancellationToken ct);

    /// <summary>When a resource was created, as Config recorded it; null where it did not.</summary>
    Task<DateTimeOffset?> CreatedAsync(ResourceKey resource, CancellationToken ct);

    /// <summary>Asks Config to evaluate rules again. Config refuses while it is at it already: that is no error.</summary>
    Task ReevaluateAsync(string account, string region, IReadOnlyList<string> ruleNames, CancellationToken ct);
}

/// <summary>A Config rule: what it checks, and with which parameters.</summary>
internal sealed record ConfigRule(string Name, string Arn, string Owner, string SourceIdentifier, JsonElement InputParameters)
{
    /// <summary>When it is evaluated, as far as it says so: AWS's own rules do not.</summary>
    public RuleTrigger Trigger { get; init; }

    /// <summary>The types of resources that it is limited to; none where it evaluates whatever it knows.</summary>
    public ImmutableArray<string> ScopeTypes { get; init; } = [];

    /// <summary>The identifier of a rule that AWS wrote; empty for any other, whatever it is called.</summary>
    public string ManagedIdentifier => Owner is "AWS" ? SourceIdentifier : "";
}

/// <summary>What Config holds of one resource under one rule.</summary>
internal sealed record Evaluation(Compliance Compliance, DateTimeOffset RecordedAt)
{
    /// <summary>When the state was recorded that was judged; null where Config does not say.</summary>
    public DateTimeOffset? OrderedAt { get; init; }
}
