using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Decide;

/// <summary>What this deployment may do: <c>policy.yaml</c>, read once.</summary>
internal sealed record Policy
{
    private readonly EntryIndex _index = new([]);

    public required PolicyEntry Defaults { get; init; }

    /// <summary>In the order of the file: each word counts from the first that matches and says it.</summary>
    public ImmutableArray<PolicyEntry> Rules
    {
        get;
        init => (field, _index) = (value, new(value));
    } = [];

    /// <summary>What is known of accounts, by their ids.</summary>
    public ImmutableDictionary<string, Account> Accounts { get; init; } = ImmutableDictionary<string, Account>.Empty;

    public ImmutableArray<Exemption> Exemptions { get; init; } = [];

    public ImmutableArray<Freeze> Freezes { get; init; } = [];

    public ImmutableArray<ChangeWindow> Windows { get; init; } = [];

    /// <summary>Who may agree to changes.</summary>
    public Approvers Approvers { get; init; } = Approvers.Anybody;

    public required Budgets Budgets { get; init; }

    public required Guards Guards { get; init; }

    public required Escalations Escalations { get; init; }

    /// <summary>How often a team is told what was changed in its accounts.</summary>
    public ImmutableDictionary<string, DigestPeriod> Digests { get; init; } = ImmutableDictionary<string, DigestPeriod>.Empty;

    public required RollbackPolicy Rollback { get; init; }

    public required BacklogPolicy Backlog { get; init; }

    /// <summary>What counts where the policy says nothing.</summary>
    public static Policy Default => PolicyReader.Read("policy.yaml", "{}");

    /// <summary>
    /// True where the decision about this subject hangs on its tags, so that they have to be read: where an entry asks for them that says
    /// something that no entry above it says in any case.
    /// </summary>
    public bool LooksAtTags(Subject subject, DateTimeOffset now) =>
        Exemptions.Any(e => e.Until > now && LooksAtTags(e.Match, subject))
        || Freezes.Any(f => LooksAtTags(f.Match, subject))
        || Windows.Any(w => LooksAtTags(w.Match, subject))
        || HangsOn(subject, m => m.LooksAtTags);

    private static bool LooksAtTags(Match match, Subject subject) => match.LooksAtTags && match.MayMatch(subject);

    /// <summary>The same of the time when the resource was created.</summary>
    public bool LooksAtCreation(Subject subject) => HangsOn(subject, m => m.Since is not null);

    /// <summary>
    /// What counts for a subject: each word from the first entry that matches and says it, parameters value by value; owner and environment
    /// then from what is known of the account; else from the defaults. A word that cannot be filled in is not said.
    /// </summary>
    public PolicyEntry For(Subject subject)
    {
        var account = AccountOf(subject.Resource.Account);
        var above = Matching(subject)
            .Reverse()
            .Aggregate(Defaults.Of(account, account), (under, entry) => entry.Of(account, null).Over(under));
        return above with
        {
            Account = account,
            Mode = Carefully(above, subject),
            Parameters = AccountText.RefersToAccount(above.Parameters) ? AccountText.Fill(above.Parameters, account) : above.Parameters,
        };
    }

    /// <summary>Whether how far a rising rollout is may decide about a subject.</summary>
    public bool LooksAtRollouts(Subject subject)
    {
        foreach (var entry in Candidates(subject).Where(e => e.Rollout is not null))
        {
            if (entry.Rollout!.Ramp is not null || entry.Match.IsPlain)
            {
                return entry.Rollout.Ramp is not null;
            }
        }

        return Defaults.Rollout?.Ramp is not null;
    }

    /// <summary>Whether an alarm may take some change back.</summary>
    public bool UndoesOnAlarm => Defaults.UndoOn is not null || Rules.Any(r => r.UndoOn is not null);

    /// <summary>The first exemption that holds; null where none does.</summary>
    public Exemption? ExemptionOf(Subject subject, DateTimeOffset now) =>
        Exemptions.FirstOrDefault(e => e.Until > now && e.Match.Matches(subject));

    /// <summary>What is known of an account: at least its id.</summary>
    public Account AccountOf(string id) => Accounts.GetValueOrDefault(id) ?? new Account(id);

    /// <summary>The entries that hold for a subject, in the order of the file.</summary>
    public IEnumerable<PolicyEntry> Matching(Subject subject) => _index.About(subject).Where(r => r.Match.Matches(subject));

    /// <summary>The entries, by their number in the file, that may be about all that a match is about, and others.</summary>
    public IEnumerable<int> MayCover(Match match) => _index.MayCover(match);

    /// <summary>Whether nothing could be changed whatever the subject's tags are.</summary>
    public bool OnlyObserves(Subject subject)
    {
        foreach (var entry in Candidates(subject).Where(e => e.Mode is not null))
        {
            if (entry.Mode is not Mode.Observe || entry.Match.IsPlain)
            {
                return entry.Mode is Mode.Observe;
            }
        }

        return Defaults.Mode is Mode.Observe;
    }

    /// <summary>Where it is not known when the resource was created, the mode that does less of the two that it could be.</summary>
    private Mode? Carefully(PolicyEntry without, Subject subject) =>
        subject.CreatedAt is null && LooksAtCreation(subject)
            ? (Mode)
                Math.Min(
                    (int)(without.Mode ?? Mode.Observe),
                    (int)(For(subject with { CreatedAt = DateTimeOffset.MaxValue }).Mode ?? Mode.Observe))
            : without.Mode;

    /// <summary>Whether an entry asks for something that says a word that no entry above it says in any case.</summary>
    private bool HangsOn(Subject subject, Func<Match, bool> asks)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Candidates(subject))
        {
            if (asks(entry.Match) && EntryWords.Of(entry).Any(word => !said.Contains(word.Key)))
            {
                return true;
            }

            if (entry.Match.IsPlain)
            {
                said.UnionWith(EntryWords.Of(entry).Select(word => word.Key));
            }
        }

        return false;
    }

    /// <summary>The entries that hold for a subject, as far as is known of it.</summary>
    private IEnumerable<PolicyEntry> Candidates(Subject subject) => _index.About(subject).Where(r => r.Match.MayMatch(subject));
}

/// <summary>What a decision is about.</summary>
/// <param name="Resource">The resource that Config reports.</param>
/// <param name="RuleName">The rule's own name, which anybody may give it.</param>
/// <param name="ManagedIdentifier">Which of AWS's managed rules it is; empty for a custom rule.</param>
internal sealed record Subject(ResourceKey Resource, string RuleName, string ManagedIdentifier)
{
    /// <summary>Null until they were read.</summary>
    public ImmutableDictionary<string, string>? Tags { get; init; }

    /// <summary>Null until they were chosen, and where none answers.</summary>
    public PlaybooksUsed? Used { get; init; }

    /// <summary>Null where it is not known.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>The playbooks that may be used for a finding.</summary>
/// <param name="Names">What they are called.</param>
/// <param name="Impact">The gravest of theirs.</param>
internal sealed record PlaybooksUsed(ImmutableArray<string> Names, Impact Impact);

/// <summary>The impacts that a change may have without a person's word.</summary>
internal sealed record ImpactLimit(ImmutableArray<Impact> Unasked)
{
    public bool Allows(Impact impact) => Unasked.Contains(impact);

    public override string ToString() => string.Join(", ", Unasked.Select(i => i.ToString().ToLowerInvariant()));
}

/// <summary>Resources that are left alone, why, and until when.</summary>
internal sealed record Exemption(Match Match, string Reason, DateTimeOffset Until, Place At)
{
    /// <summary>What it is known by, wherever in the file it stands.</summary>
    public string Key => PlaybookLibrary.HashOf($"{string.Join('|', Mismatch.Words(Match))}|{Reason}|{Until:u}")[..10];
}

/// <summary>How often a digest comes.</summary>
internal enum DigestPeriod
{
    Daily,
    Weekly,
}

/// <summary>How many changes an hour may see.</summary>
internal sealed record Budgets(int PerHour, int PerAccount, int PerPlaybook);

/// <summary>When automation stops by itself.</summary>
/// <param name="Failures">So many failures of a playbook in an hour open its breaker.</param>
/// <param name="Reverts">After this many reverts of one fix the resource is left alone.</param>
/// <param name="RevertWindow">A fix that held for longer starts the count of reverts anew.</param>
internal sealed record Guards(int Failures, int Reverts, TimeSpan RevertWindow);

/// <summary>How often people are called.</summary>
/// <param name="PerHour">So many notices an hour; what is above is told in one summary.</param>
/// <param name="RemindAfter">The ladder: how long after the notice each reminder follows, unless somebody took it on.</param>
/// <param name="ExemptionReminder">So long before an exemption ends its owner is reminded.</param>
internal sealed record Escalations(int PerHour, ImmutableArray<TimeSpan> RemindAfter, TimeSpan ExemptionReminder)
{
    /// <summary>So many notices of one cause, and one tells the rest.</summary>
    public required int ProblemAfter { get; init; }

    /// <summary>By whose clock people read times; null for UTC.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>Whether each problem has an OpsItem while it lasts.</summary>
    public bool OpsItems { get; init; }
}

/// <summary>Where the sweep asks Config for what no event told.</summary>
/// <param name="Accounts">Beside the own account.</param>
/// <param name="Regions">Beside the own region.</param>
/// <param name="PerSweep">So many resources at most in one pass.</param>
/// <param name="Every">From the end of one round to the next.</param>
internal sealed record BacklogPolicy(ImmutableArray<string> Accounts, ImmutableArray<string> Regions, int PerSweep, TimeSpan Every)
{
    /// <summary>Where results of many accounts and regions are in one place; null to ask each.</summary>
    public AggregatorPolicy? Aggregator { get; init; }
}

/// <summary>An aggregator of AWS Config; without account or region it is where the service is.</summary>
internal sealed record AggregatorPolicy(string Name, string? Account, string? Region);
