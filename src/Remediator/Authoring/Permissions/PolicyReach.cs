using System.Collections.Frozen;
using System.Collections.Immutable;
using Remediator.Authoring.Checks;
using Remediator.Authoring.Data;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;

namespace Remediator.Authoring.Permissions;

/// <summary>
/// Which playbooks a policy lets change something, and with which parameters. Where it cannot be told before an event comes (which
/// accounts, which tags), the answer is yes.
/// </summary>
internal sealed class PolicyReach(Policy policy)
{
    // Where AWS's own name for a rule is not its identifier in small letters.
    private static readonly FrozenDictionary<string, string> UsualNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CLOUD_TRAIL_ENABLED"] = "cloudtrail-enabled",
        ["EC2_INSTANCE_MANAGED_BY_SSM"] = "ec2-instance-managed-by-systems-manager",
        ["INCOMING_SSH_DISABLED"] = "restricted-ssh",
        ["INSTANCES_IN_VPC"] = "ec2-instances-in-vpc",
        ["MULTI_REGION_CLOUD_TRAIL_ENABLED"] = "multi-region-cloudtrail-enabled",
        ["RESTRICTED_INCOMING_TRAFFIC"] = "restricted-common-ports",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // The defaults count where no entry says a word: as an entry about everything, below all others.
    private readonly ImmutableArray<PolicyEntry> _entries = [.. policy.Rules, policy.Defaults];
    private readonly ILookup<string, int> _naming =
        policy.Rules.Index().Where(e => e.Item.Playbook is not null).ToLookup(e => e.Item.Playbook!, e => e.Index, StringComparer.Ordinal);

    private readonly ImmutableArray<int> _changing = [.. Indices(policy, e => e.Mode is Mode.Approve or Mode.Auto)];
    private readonly ImmutableArray<int> _rollingBack = [.. Indices(policy, e => e.RollsBack)];

    /// <summary>Whether anything may be rolled back to what AWS Config recorded.</summary>
    public bool RollsBack => !_rollingBack.IsEmpty;

    /// <summary>Whether what AWS Config recorded is looked at: for a rollback, or for the tags that a resource had.</summary>
    public bool ReadsHistory => RollsBack
        || _entries.Any(e => e.TagsFrom is { } from && from.Any(s => s is not (TagSource.Policy or TagSource.Account)));

    /// <summary>Whether the tags of stacks are looked at.</summary>
    public bool ReadsStacks => _entries.Any(e => e.TagsFrom is { } from && from.Contains(TagSource.Stack));

    /// <summary>The types that are rolled back through Cloud Control.</summary>
    public IEnumerable<RegisteredType> Registered => policy.Rollback.Types.Select(RegisteredTypes.Find).OfType<RegisteredType>();

    /// <summary>The role that Cloud Control is called with; null for none.</summary>
    public string? Role => policy.Rollback.Role;

    /// <summary>Whether what a stack owns may be handed back to its template.</summary>
    private bool RevertsStacks => !_changing.IsEmpty && _entries.Any(e => e.Owned is OwnedHandling.RevertStack);

    private bool ChangesByDefault => policy.Defaults.Mode is not Mode.Observe;

    /// <summary>What only rolls back is not read where nothing is rolled back.</summary>
    public bool Reads(Playbook playbook) => !playbook.Rules.IsEmpty || RollsBack;

    /// <summary>
    /// Mode, playbook and aim may each come from another entry: a playbook may change something where an entry that says so meets one that
    /// leads to the playbook.
    /// </summary>
    public bool Changes(Playbook playbook) =>
        (playbook.Name is ChangeSet.Playbook && RevertsStacks) || _changing.Any(i => Leads(i, playbook));

    /// <summary>The parameters of every entry that may hold for the playbook.</summary>
    public PolicyValues ValuesFor(Playbook playbook) => new(
    [
        policy.Defaults.Parameters,
        .. policy.Rules
            .Where(e => MayBeOf(e, playbook)
                && (Answers(e, playbook) || IsNamedBeside(e, playbook) || (RollsBack && PutsBack(e, playbook))))
            .Select(e => e.Parameters),
    ]);

    /// <summary>
    /// Rules that the policy lets be changed, by names that no managed rule is known by: no permission follows from them, unless an
    /// entry names the playbook.
    /// </summary>
    public ImmutableArray<string> NotFound(IReadOnlyCollection<Playbook> playbooks) => ChangesByDefault
        ? []
        : [.. _changing.Select(i => _entries[i])
            .Where(e => !_entries.Any(n => (n.Playbook is not null || n.RollsBack) && MatchOverlap.May(n.Match, e.Match)))
            .SelectMany(e => e.Match.RuleNames)
            .Where(pattern => !playbooks.Any(p => p.Rules.Any(r => IsNamed(pattern, r))))
            .Distinct()];

    private static IEnumerable<int> Indices(Policy policy, Func<PolicyEntry, bool> which) =>
        policy.Rules.Append(policy.Defaults).Index().Where(e => which(e.Item)).Select(e => e.Index);

    /// <summary>Whether a finding for which this entry says the mode may be answered by the playbook.</summary>
    private bool Leads(int changing, Playbook playbook)
    {
        var entry = _entries[changing];
        return MayBeOf(entry, playbook)
            && (_naming[playbook.Name].Any(i => Meets(changing, i))
                || (entry.Playbook is null && (Answers(entry, playbook) || IsPutBack(changing, playbook))));
    }

    private bool IsPutBack(int changing, Playbook playbook) => PutsBack(_entries[changing], playbook) && _rollingBack.Any(i =>
        _entries[i] is { Playbook: null } rolling
        && (_entries[changing].To is null || i <= changing)
        && Meets(changing, i)
        && MayBeOf(rolling, playbook)
        && PutsBack(rolling, playbook));

    /// <summary>
    /// Whether both may hold for a finding, and the mode be the first one's: what stands above it must not say to observe.
    /// </summary>
    private bool Meets(int changing, int other) =>
        changing == other
        || (
            (other > changing || _entries[other].Mode is not Mode.Observe)
            && MatchOverlap.May(_entries[changing].Match, _entries[other].Match));

    private bool IsNamedBeside(PolicyEntry entry, Playbook playbook) =>
        _naming[playbook.Name].Any(i => MatchOverlap.May(entry.Match, _entries[i].Match));

    private bool MayBeOf(PolicyEntry entry, Playbook playbook) =>
        (entry.Match.Types.IsEmpty || entry.Match.Types.Any(t => playbook.Resources.Any(r => Wildcard.Like(t, r))))
        && playbook.Resources.Any(entry.Match.MatchesService)
        && (RollsBack || IsUsed(entry.Match, playbook));

    // Of a rollback by several playbooks the gravest impact counts, whichever it is.
    private static bool IsUsed(Match match, Playbook playbook) =>
        (match.Impacts.IsEmpty || match.Impacts.Contains(playbook.Impact))
        && (match.Playbooks.IsEmpty || match.Playbooks.Any(pattern => Wildcard.Like(pattern, playbook.Name)));

    private static bool Answers(PolicyEntry entry, Playbook playbook) => !playbook.Rules.IsEmpty
        && (IsOfAnyRule(entry.Match) || playbook.Rules.Any(entry.Match.MatchesIdentifier))
        && (entry.Match.RuleNames.IsEmpty || entry.Match.RuleNames.Any(pattern => playbook.Rules.Any(r => IsNamed(pattern, r))));

    /// <summary>A rule that no playbook answers is rolled back by all that know its types; a custom rule may be of any type.</summary>
    private static bool PutsBack(PolicyEntry entry, Playbook playbook) => playbook.Steps.Any(s => s.Recorded is not null)
        && (IsOfAnyRule(entry.Match) || ManagedRule.All.Values.Any(rule =>
            entry.Match.MatchesIdentifier(rule.Id) && (rule.Types.IsEmpty || rule.Types.Intersect(playbook.Resources).Any())));

    private static bool IsOfAnyRule(Match match) => match.Rules.IsEmpty && match.InSets is null;

    /// <summary>By the name that AWS gives a rule; what Security Hub and conformance packs add stands behind or before it.</summary>
    private static bool IsNamed(string pattern, string identifier)
    {
        var usual = UsualNames.GetValueOrDefault(identifier) ?? identifier.Replace('_', '-').ToLowerInvariant();
        return Wildcard.Like(pattern, usual) || pattern.Contains(usual, StringComparison.Ordinal);
    }
}
