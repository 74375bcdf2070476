using System.Collections.Frozen;
using System.Collections.Immutable;
using System.IO.Enumeration;
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

    private bool ChangesByDefault => policy.Defaults.Mode is not Mode.Observe;

    /// <summary>Whether anything may be rolled back to what AWS Config recorded.</summary>
    public bool RollsBack => IsRollback(policy.Defaults) || policy.Rules.Any(IsRollback);

    /// <summary>Whether what AWS Config recorded is looked at: for a rollback, or for the tags that a resource had.</summary>
    public bool ReadsHistory => RollsBack || Entries.Any(e => e.TagsFrom is { } from && from.Any(s => s is not TagSource.Policy));

    /// <summary>Whether the tags of stacks are looked at.</summary>
    public bool ReadsStacks => Entries.Any(e => e.TagsFrom is { } from && from.Contains(TagSource.Stack));

    /// <summary>The types that are rolled back through Cloud Control.</summary>
    public IEnumerable<RegisteredType> Registered => policy.Rollback.Types.Select(RegisteredTypes.Find).OfType<RegisteredType>();

    /// <summary>The role that Cloud Control is called with; null for none.</summary>
    public string? Role => policy.Rollback.Role;

    private IEnumerable<PolicyEntry> Entries => policy.Rules.Prepend(policy.Defaults);

    /// <summary>What only rolls back is not read where nothing is rolled back.</summary>
    public bool Reads(Playbook playbook) => !playbook.Rules.IsEmpty || RollsBack;

    /// <summary>Whether what a stack owns may be handed back to its template.</summary>
    private bool RevertsStacks => Entries.Any(e => e.Owned is OwnedHandling.RevertStack) && (ChangesByDefault || policy.Rules.Any(IsChanging));

    public bool Changes(Playbook playbook) =>
        (playbook.Name is ChangeSet.Playbook && RevertsStacks) || (ChangesByDefault && (!playbook.Rules.IsEmpty || IsRollback(policy.Defaults)))
        || policy.Rules.Any(
            e => (IsChanging(e) || (e is { Mode: null, Playbook: not null } && policy.Rules.Any(IsChanging))) && Reaches(e, playbook));

    /// <summary>The parameters of every entry that may hold for the playbook.</summary>
    public PolicyValues ValuesFor(Playbook playbook) =>
        new([policy.Defaults.Parameters, .. policy.Rules.Where(e => Reaches(e, playbook)).Select(e => e.Parameters)]);

    /// <summary>
    /// Rules that the policy lets be changed, by names that no managed rule is known by: no permission follows from them, unless the
    /// entry names the playbook.
    /// </summary>
    public ImmutableArray<string> NotFound(IReadOnlyCollection<Playbook> playbooks) => ChangesByDefault
        ? []
        : [.. policy.Rules.Where(e => IsChanging(e) && e.Playbook is null && !IsRollback(e)).SelectMany(e => e.Match.RuleNames)
            .Where(pattern => !playbooks.Any(p => p.Rules.Any(r => IsNamed(pattern, r))))
            .Distinct()];

    private static bool IsChanging(PolicyEntry entry) => entry.Mode is Mode.Approve or Mode.Auto;

    private bool IsRollback(PolicyEntry entry) => entry.To is null ? policy.Defaults.RollsBack : entry.RollsBack;

    private bool Reaches(PolicyEntry entry, Playbook playbook) => entry.Playbook is { } name
        ? name == playbook.Name
        : (entry.Match.Types.IsEmpty || entry.Match.Types.Any(t => playbook.Resources.Any(r => Like(t, r))))
            && (Answers(entry, playbook) || (IsRollback(entry) && PutsBack(entry, playbook)));

    private static bool Answers(PolicyEntry entry, Playbook playbook) => !playbook.Rules.IsEmpty
        && (entry.Match.Rules.IsEmpty || entry.Match.Rules.Any(pattern => playbook.Rules.Any(r => Like(pattern, r))))
        && (entry.Match.RuleNames.IsEmpty || entry.Match.RuleNames.Any(pattern => playbook.Rules.Any(r => IsNamed(pattern, r))));

    /// <summary>A rule that no playbook answers is rolled back by all that know its types; a custom rule may be of any type.</summary>
    private static bool PutsBack(PolicyEntry entry, Playbook playbook) => playbook.Steps.Any(s => s.Recorded is not null)
        && (entry.Match.Rules.IsEmpty || entry.Match.Rules.Any(pattern => ManagedRule.All.Values.Any(rule =>
            Like(pattern, rule.Id) && (rule.Types.IsEmpty || rule.Types.Intersect(playbook.Resources).Any()))));

    /// <summary>By the name that AWS gives a rule; what Security Hub and conformance packs add stands behind or before it.</summary>
    private static bool IsNamed(string pattern, string identifier)
    {
        var usual = UsualNames.GetValueOrDefault(identifier) ?? identifier.Replace('_', '-').ToLowerInvariant();
        return Like(pattern, usual) || pattern.Contains(usual, StringComparison.Ordinal);
    }

    private static bool Like(string pattern, string value) => FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false);
}
