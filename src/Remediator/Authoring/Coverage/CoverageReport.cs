using System.Collections.Immutable;
using Remediator.Authoring.Data;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Authoring.Coverage;

/// <summary>
/// Compares an account's rules with what the policy would answer: the decider's answer for a resource of each type that a rule
/// evaluates, with unknown id and tags. Freezes, windows and rollouts are left out because they change with time.
/// </summary>
internal sealed class CoverageReport
{
    private const string AccountType = "AWS::::Account";

    private readonly Policy _policy;
    private readonly PlaybookLibrary _playbooks;
    private readonly Decider _decider;
    private readonly ILookup<string, string> _answered;

    /// <param name="policy">The policy as it is.</param>
    /// <param name="playbooks">All playbooks.</param>
    /// <param name="decider">Makes a decider for a policy.</param>
    public CoverageReport(Policy policy, PlaybookLibrary playbooks, Func<Policy, Decider> decider)
    {
        (_policy, _playbooks) = (policy, playbooks);
        _decider = decider(policy with
        {
            Freezes = [],
            Windows = [],
            Defaults = policy.Defaults with { Rollout = null },
            Rules = [.. policy.Rules.Select(entry => entry with { Rollout = null })],
        });
        _answered = playbooks.Answers().ToLookup(a => a.Rule, a => a.Type, StringComparer.Ordinal);
    }

    /// <summary>A line for each rule; several if its types are answered differently.</summary>
    public IEnumerable<CoverageLine> Of(string account, string region, ConfigRule rule) =>
        from type in TypesOf(account, region, rule)
        group type by Line(new(new(account, region, type, ""), rule.Name, rule.ManagedIdentifier), rule) into same
        select new CoverageLine(
            account, region, rule, same.Key.Coverage, [.. same.Where(t => t.Length > 0)], same.Key.Playbook, same.Key.Mode,
            [.. same.Key.Missing.Split(',', StringSplitOptions.RemoveEmptyEntries)], same.Key.Says);

    /// <summary>The answer for each type; types with the same answer share a line.</summary>
    private readonly record struct Said(Coverage Coverage, string Playbook, Mode? Mode, string Missing, string Says);

    private Said Line(Subject subject, ConfigRule rule) => _decider.Foresee(subject, rule) switch
    {
        Decision.Skip skip => new(Coverage.Exempt, "", null, "", $"{skip.Why}."),
        Decision.Refuse { Reason: Reason.Unsupported } refuse => new(Coverage.ByHand, "", refuse.Mode, "", ByHand(subject, refuse)),
        Decision.Refuse refuse => new(Coverage.NotConfigured, "", refuse.Mode, "", refuse.Why),
        Decision.Act act => Line(act, subject),
        var other => throw new InvalidOperationException($"A decision cannot end as {other}."),
    };

    private Said Line(Decision.Act act, Subject subject)
    {
        var (missing, why) = MissingParameters.Of(act.Order);
        var isReady = missing.IsEmpty && why.Length == 0;
        var coverage = !isReady ? Coverage.NotConfigured : act.Mode switch
        {
            Mode.Auto => Coverage.Fixed,
            Mode.Approve => Coverage.Asked,
            _ => Coverage.Observed,
        };
        string[] says =
        [
            missing.IsEmpty ? why : $"Needs params in the policy: {string.Join(", ", missing)}.",
            act.AsksFor(act.Playbook) ?? (act.Mode is Mode.Observe && isReady ? "Mode auto would fix it unasked." : ""),
            Share(_policy.For(subject)),
            DependsOnResource(subject) ? "Other entries of the policy hold for some resources, by their id or tags." : "",
        ];
        return new(coverage, act.Playbook.Name, act.Mode, string.Join(',', missing), string.Join(' ', says.Where(s => s.Length > 0)));
    }

    private static string Share(PolicyEntry entry) => entry.Rollout switch
    {
        { Ramp: { } ramp } => $"For a share of the resources that rises {ramp}; the others are observed.",
        { Percent: < 100 and var share } => $"For {share} % of the resources; the others are observed.",
        _ => "",
    };

    private static string ByHand(Subject subject, Decision.Refuse refuse) => RuleGuides.Of(subject.ManagedIdentifier)?.Todo
        ?? (subject.Resource.Type.Length > 0 ? refuse.Why
            : subject.ManagedIdentifier.Length > 0 ? $"No playbook answers it.{KnownRules.Newer(subject.ManagedIdentifier)}"
            : "No playbook answers the custom rule, and it names no type of resource: name a playbook for it in the policy, or roll back "
                + "with 'to: last-compliant'.");

    /// <summary>Whether an entry may apply to some of the resources but not to all.</summary>
    private bool DependsOnResource(Subject subject) => _policy.Rules.Any(
        e => !e.Match.Matches(subject) && (e.Match with { Resources = [], Tags = Match.All.Tags, Since = null }).Matches(subject));

    /// <summary>The types that it evaluates; one empty text if they are unknown.</summary>
    private ImmutableArray<string> TypesOf(string account, string region, ConfigRule rule)
    {
        var known = ManagedRule.All.GetValueOrDefault(rule.ManagedIdentifier);
        ImmutableArray<string> evaluated = [.. (known?.Types ?? []).Union(_answered[rule.ManagedIdentifier])];
        if (evaluated.IsEmpty && known is not null)
        {
            evaluated = [AccountType];
        }

        var scope = rule.ScopeTypes;
        ImmutableArray<string> scoped = scope.IsEmpty ? evaluated : [.. evaluated.Intersect(scope)];
        return !scoped.IsEmpty ? scoped : !scope.IsEmpty ? scope : Named(account, region, rule);
    }

    /// <summary>The types of the playbook that the policy names for a rule.</summary>
    private ImmutableArray<string> Named(string account, string region, ConfigRule rule) =>
        _policy.For(new(new(account, region, "", ""), rule.Name, rule.ManagedIdentifier)).Playbook is { } named
            ? _playbooks.Load(named).Resources
            : [""];
}
