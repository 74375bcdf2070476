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
/// Which playbooks a policy lets change something, and with which parameters. If that depends on the event (accounts, tags), the
/// answer is yes.
/// </summary>
internal sealed class PolicyReach(Policy policy)
{
    // Rules whose AWS name is not their identifier in lower case.
    private static readonly FrozenDictionary<string, string> UsualNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CLOUD_TRAIL_ENABLED"] = "cloudtrail-enabled",
        ["EC2_INSTANCE_MANAGED_BY_SSM"] = "ec2-instance-managed-by-systems-manager",
        ["INCOMING_SSH_DISABLED"] = "restricted-ssh",
        ["INSTANCES_IN_VPC"] = "ec2-instances-in-vpc",
        ["MULTI_REGION_CLOUD_TRAIL_ENABLED"] = "multi-region-cloudtrail-enabled",
        ["RESTRICTED_INCOMING_TRAFFIC"] = "restricted-common-ports",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // The defaults apply if no entry gives a setting: like an entry about everything, after all others.
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

    /// <summary>Whether Security Hub is asked for findings, and told what was done.</summary>
    public bool NotesFindings => _entries.Any(e => e.SecurityHub is true);

    /// <summary>Whether it is about the role of a member account, which does nothing for the service itself.</summary>
    public bool IsOfMember { get; init; }

    /// <summary>Whether problems have OpsItems, which are all in the central account.</summary>
    public bool OpensOpsItems => policy.Escalations.OpsItems && !IsOfMember;

    /// <summary>Whether the tags of stacks are read.</summary>
    public bool ReadsStacks => _entries.Any(e => e.TagsFrom is { } from && from.Contains(TagSource.Stack));

    /// <summary>The types that are rolled back through Cloud Control.</summary>
    public IEnumerable<RegisteredType> Registered => policy.Rollback.Types.Select(RegisteredTypes.Find).OfType<RegisteredType>();

    /// <summary>The role that Cloud Control uses; null for none.</summary>
    public string? Role => policy.Rollback.Role;

    /// <summary>Whether a stack's resource may be returned to the stack's template.</summary>
    private bool RevertsStacks => !_changing.IsEmpty && _entries.Any(e => e.Owned is OwnedHandling.RevertStack);

    private bool ChangesByDefault => policy.Defaults.Mode is not Mode.Observe;

    /// <summary>A playbook that answers no rule by itself needs no reads if no entry names it and nothing is rolled back.</summary>
    public bool Reads(Playbook playbook) => AnswersUnnamed(playbook) || RollsBack || _naming.Contains(playbook.Name);

    /// <summary>
    /// Mode, playbook and aim may each come from another entry: a playbook may change something if an entry with such a mode overlaps one
    /// that leads to the playbook.
    /// </summary>
    public bool Changes(Playbook playbook) =>
        (playbook.Name is ChangeSet.Playbook && RevertsStacks) || _changing.Any(i => Leads(i, playbook));

    /// <summary>
    /// Whether people may be called about a rule of the guide. No playbook answers it, so that no entry applies which looks at one; an
    /// entry may name a containment, after which the guide says what is left.
    /// </summary>
    public bool Assists(Guide guide) => _changing.Select(i => _entries[i])
        .Any(e => !e.Match.LooksAtPlaybook && MayBeOf(e, guide.Reads) && Answers(e, guide.Reads));

    /// <summary>The parameters in every entry that may apply to the playbook.</summary>
    public PolicyValues ValuesFor(Playbook playbook) => new(
    [
        policy.Defaults.Parameters,
        .. policy.Rules
            .Where(e => MayBeOf(e, playbook)
                && (Answers(e, playbook) || IsNamedBeside(e, playbook) || (RollsBack && CanRollBack(e, playbook))))
            .Select(e => e.Parameters),
    ]);

    /// <summary>
    /// Rule names whose findings the policy lets be changed, but that are not the names of any managed rule: no permissions follow from
    /// them, unless an entry names the playbook.
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

    /// <summary>Whether the playbook may answer a finding that gets its mode from this entry.</summary>
    private bool Leads(int changing, Playbook playbook)
    {
        var entry = _entries[changing];
        return MayBeOf(entry, playbook)
            && (_naming[playbook.Name].Any(i => Meets(changing, i))
                || (entry.Playbook is null && (Answers(entry, playbook) || IsRolledBack(changing, playbook))));
    }

    private bool IsRolledBack(int changing, Playbook playbook) => CanRollBack(_entries[changing], playbook) && _rollingBack.Any(i =>
        _entries[i] is { Playbook: null } rolling
        && (_entries[changing].To is null || i <= changing)
        && Meets(changing, i)
        && MayBeOf(rolling, playbook)
        && CanRollBack(rolling, playbook));

    /// <summary>Whether both may apply to one finding with the mode of the first: no earlier entry may set the mode to observe.</summary>
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

    // For a rollback by several playbooks the most severe impact counts, which may be any.
    private static bool IsUsed(Match match, Playbook playbook) =>
        (match.Impacts.IsEmpty || match.Impacts.Contains(playbook.Impact))
        && (match.Playbooks.IsEmpty || match.Playbooks.Any(pattern => Wildcard.Like(pattern, playbook.Name)));

    private static bool AnswersUnnamed(Playbook playbook) => playbook is { Rules.IsEmpty: false, Containment: null };

    private static bool Answers(PolicyEntry entry, Playbook playbook) => AnswersUnnamed(playbook)
        && (IsOfAnyRule(entry.Match) || playbook.Rules.Any(entry.Match.MatchesIdentifier))
        && (entry.Match.RuleNames.IsEmpty || entry.Match.RuleNames.Any(pattern => playbook.Rules.Any(r => IsNamed(pattern, r))));

    /// <summary>
    /// A rule without a playbook is rolled back by all playbooks that know its types; a custom rule may be about any type.
    /// </summary>
    private static bool CanRollBack(PolicyEntry entry, Playbook playbook) => playbook.Steps.Any(s => s.Recorded is not null)
        && (IsOfAnyRule(entry.Match) || ManagedRule.All.Values.Any(rule =>
            entry.Match.MatchesIdentifier(rule.Id) && (rule.Types.IsEmpty || rule.Types.Intersect(playbook.Resources).Any())));

    private static bool IsOfAnyRule(Match match) => match.Rules.IsEmpty && match.InSets is null;

    /// <summary>Matches AWS's name of a rule, with what Security Hub and conformance packs add before or after it.</summary>
    private static bool IsNamed(string pattern, string identifier)
    {
        var usual = UsualNames.GetValueOrDefault(identifier) ?? identifier.Replace('_', '-').ToLowerInvariant();
        return Wildcard.Like(pattern, usual) || pattern.Contains(usual, StringComparison.Ordinal);
    }
}
