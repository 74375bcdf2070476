using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Playbooks;
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

    public required Guards Guards { get; init; }

    public required Escalations Escalations { get; init; }

    public required RollbackPolicy Rollback { get; init; }

    public required BacklogPolicy Backlog { get; init; }

    /// <summary>What counts where the policy says nothing.</summary>
    public static Policy Default => PolicyReader.Read("policy.yaml", "{}");

    /// <summary>True where the decision about this subject hangs on its tags, so that they have to be read.</summary>
    public bool LooksAtTags(Subject subject, DateTimeOffset now) =>
        Exemptions.Any(e => e.Until > now && e.Match.LooksAtTags && e.Match.MatchesBesideTags(subject))
        || Candidates(subject).Any(r => r.Match.LooksAtTags);

    public PolicyEntry For(Subject subject) =>
        Rules.FirstOrDefault(r => r.Match.Matches(subject)) is { } entry ? entry.Over(Defaults) : Defaults;

    /// <summary>Whether nothing could be changed whatever the subject's tags are.</summary>
    public bool OnlyObserves(Subject subject) =>
        Candidates(subject).Select(r => r.Over(Defaults)).Append(For(subject)).All(r => r.Mode is Mode.Observe);

    /// <summary>The entries of which one counts, depending on tags: up to the first that does not ask for tags.</summary>
    private IEnumerable<PolicyEntry> Candidates(Subject subject)
    {
        foreach (var entry in Rules.Where(r => r.Match.MatchesBesideTags(subject)))
        {
            yield return entry;
            if (!entry.Match.LooksAtTags)
            {
                yield break;
            }
        }
    }
}

/// <summary>What a decision is about.</summary>
/// <param name="Resource">The resource that Config reports.</param>
/// <param name="RuleName">The rule's own name, which anybody may give it.</param>
/// <param name="ManagedIdentifier">Which of AWS's managed rules it is; empty for a custom rule.</param>
internal sealed record Subject(ResourceKey Resource, string RuleName, string ManagedIdentifier)
{
    /// <summary>Null until they were read.</summary>
    public ImmutableDictionary<string, string>? Tags { get; init; }
}

/// <summary>What the policy says of the subjects that it matches; what it leaves open, the defaults say.</summary>
internal sealed record PolicyEntry(Match Match)
{
    /// <summary>Where it stands in the file.</summary>
    public Place At { get; init; }

    public Mode? Mode { get; init; }

    /// <summary>The impacts that <see cref="Mode.Auto"/> may have unasked.</summary>
    public ImpactLimit? AutoUpTo { get; init; }

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

    /// <summary>Where a change goes to, the first choice first; null where nothing is said.</summary>
    public ImmutableArray<Aim>? To { get; init; }

    /// <summary>Whether it says that a change may go back to what AWS Config recorded.</summary>
    public bool RollsBack => To is { } aims && aims.Contains(Aim.LastCompliant);

    /// <summary>Where values of missing tags come from, the first choice first; null where nothing is said.</summary>
    public ImmutableArray<TagSource>? TagsFrom { get; init; }

    /// <summary>What is done with a resource that a stack, Terraform or an autoscaler owns; null where nothing is said.</summary>
    public OwnedHandling? Owned { get; init; }

    public JsonElement Parameters { get; init; } = Json.EmptyObject;

    /// <summary>
    /// Whether destinations, keys, identities and values of tags may be taken from a rule's own parameters. Where nothing is said,
    /// in the service's own account only.
    /// </summary>
    public bool? TrustRuleParameters { get; init; }

    public PolicyEntry Over(PolicyEntry under) => this with
    {
        Mode = Mode ?? under.Mode,
        AutoUpTo = AutoUpTo ?? under.AutoUpTo,
        Owner = Owner ?? under.Owner,
        Environment = Environment ?? under.Environment,
        Severity = Severity ?? under.Severity,
        Playbook = Playbook ?? under.Playbook,
        Rollout = Rollout ?? under.Rollout,
        Settle = Settle ?? under.Settle,
        ConfirmWithin = ConfirmWithin ?? under.ConfirmWithin,
        To = To ?? under.To,
        TagsFrom = TagsFrom ?? under.TagsFrom,
        Owned = Owned ?? under.Owned,
        Parameters = Merging.Merge(under.Parameters, Parameters),
        TrustRuleParameters = TrustRuleParameters ?? under.TrustRuleParameters,
    };
}

/// <summary>The impacts that a change may have without a person's word.</summary>
internal sealed record ImpactLimit(ImmutableArray<Impact> Unasked)
{
    public bool Allows(Impact impact) => Unasked.Contains(impact);

    public override string ToString() => string.Join(", ", Unasked.Select(i => i.ToString().ToLowerInvariant()));
}

/// <summary>Resources that are left alone, why, and until when.</summary>
internal sealed record Exemption(Match Match, string Reason, DateTimeOffset Until, Place At);

/// <summary>A time in which nothing is changed.</summary>
internal sealed record FreezeWindow(DateTimeOffset From, DateTimeOffset Until, string Reason);

/// <summary>How many changes an hour may see.</summary>
internal sealed record Budgets(int PerHour, int PerAccount, int PerPlaybook);

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
