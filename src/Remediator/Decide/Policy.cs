using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Guard;
using Remediator.Values;

namespace Remediator.Decide;

/// <summary>What this deployment may do: <c>policy.yaml</c>, read once.</summary>
internal sealed record Policy
{
    public required PolicyEntry Defaults { get; init; }

    /// <summary>In the order of the file; the first that matches is laid over the defaults.</summary>
    public ImmutableArray<PolicyEntry> Rules { get; init; } = [];

    public ImmutableArray<Exemption> Exemptions { get; init; } = [];

    public ImmutableArray<FreezeWindow> Freezes { get; init; } = [];

    public required Budgets Budgets { get; init; }

    public Guards Guards { get; init; } = new(Limits.Default.MostFailures, Limits.Default.MostReverts, Limits.Default.RevertWindow);

    public Escalations Escalations { get; init; } = new(Limits.Default.MostNotices, Limits.Default.RemindAfter);

    public BacklogPolicy Backlog { get; init; } = new([], [], Limits.Default.BacklogPerSweep, Limits.Default.BacklogEvery);

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

    /// <summary>How long a resource that Config sees for the first time is left to whoever is still setting it up.</summary>
    public TimeSpan? Settle { get; init; }

    /// <summary>How long Config may take to confirm a fix before a person is called.</summary>
    public TimeSpan? ConfirmWithin { get; init; }

    public JsonElement Parameters { get; init; } = Json.EmptyObject;

    /// <summary>
    /// Whether destinations, keys, identities and values of tags may be taken from a rule's own parameters. Where nothing is said,
    /// in the service's own account only.
    /// </summary>
    public bool? TrustRuleParameters { get; init; }

    public PolicyEntry Over(PolicyEntry under) => this with
    {
        Mode = Mode ?? under.Mode,
        Owner = Owner ?? under.Owner,
        Environment = Environment ?? under.Environment,
        Severity = Severity ?? under.Severity,
        Playbook = Playbook ?? under.Playbook,
        Rollout = Rollout ?? under.Rollout,
        Settle = Settle ?? under.Settle,
        ConfirmWithin = ConfirmWithin ?? under.ConfirmWithin,
        Parameters = Merging.Merge(under.Parameters, Parameters),
        TrustRuleParameters = TrustRuleParameters ?? under.TrustRuleParameters,
    };
}

/// <summary>Resources that are left alone, why, and until when.</summary>
internal sealed record Exemption(Match Match, string Reason, DateTimeOffset Until, Place At);

/// <summary>A time in which nothing is changed.</summary>
internal sealed record FreezeWindow(DateTimeOffset From, DateTimeOffset Until, string Reason);

/// <summary>How many changes an hour may see.</summary>
internal sealed record Budgets(int PerHour, int PerAccount, int PerPlaybook)
{
    public static Budgets Default { get; } = new(Limits.Default.ChangesPerHour, Limits.Default.ChangesPerAccount, Limits.Default.ChangesPerPlaybook);
}

/// <summary>When automation stops by itself.</summary>
/// <param name="Failures">So many failures of a playbook in an hour open its breaker.</param>
/// <param name="Reverts">So many reverts of one fix, and the resource is left alone.</param>
/// <param name="RevertWindow">A fix that held for longer starts the count of reverts anew.</param>
internal sealed record Guards(int Failures, int Reverts, TimeSpan RevertWindow);

/// <summary>How often people are called.</summary>
/// <param name="PerHour">So many notices an hour; what is above is told in one summary.</param>
/// <param name="RemindAfter">The ladder: how long after the notice each reminder follows, unless somebody took it on.</param>
internal sealed record Escalations(int PerHour, ImmutableArray<TimeSpan> RemindAfter);

/// <summary>Where the sweep asks Config for what no event told.</summary>
/// <param name="Accounts">Beside the own account.</param>
/// <param name="Regions">Beside the own region.</param>
/// <param name="PerSweep">So many resources at most in one pass.</param>
/// <param name="Every">From the end of one round to the next.</param>
internal sealed record BacklogPolicy(ImmutableArray<string> Accounts, ImmutableArray<string> Regions, int PerSweep, TimeSpan Every);
