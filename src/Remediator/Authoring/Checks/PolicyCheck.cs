using System.Collections.Immutable;
using Remediator.Authoring.Data;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Values;
using Match = Remediator.Decide.Match;

namespace Remediator.Authoring.Checks;

/// <summary>Checks the policy against the playbooks and AWS Config's rules.</summary>
internal sealed class PolicyCheck(string file, string text, PlaybookSet playbooks)
{
    private const string Tags = "tags";

    private static string[] Services => field ??= [.. ResourceTypes.All.Select(t => t.Split("::")[1].ToLowerInvariant()).Distinct()];

    private readonly YamlPositions _places = new(file, text);
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, ImmutableArray<string>> _byRule = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _parameters = new(StringComparer.Ordinal);
    private ImmutableArray<PolicyEntry> _naming = [];
    private ImmutableArray<PolicyEntry> _tagging = [];

    public IReadOnlyList<Problem> Of(Policy policy, DateTimeOffset now)
    {
        _naming = [.. policy.Rules.Where(e => e.Playbook is { } name && playbooks.Names.Contains(name))];
        _tagging = [.. policy.Rules.Where(GivesTags)];
        Declared(policy.Defaults, () => playbooks.Names);
        foreach (var entry in policy.Rules)
        {
            Entry(entry, policy);
        }

        foreach (var exemption in policy.Exemptions)
        {
            Exempt(exemption, now);
        }

        foreach (var type in policy.Rollback.Types.Where(t => RegisteredTypes.Find(t) is null))
        {
            Add("PO027", _places.Of("types", type, policy.Rollback.At), Unregistered(type));
        }

        foreach (var (match, at) in policy.Freezes.Select(f => (f.Match, f.At)).Concat(policy.Windows.Select(w => (w.Match, w.At))))
        {
            Match(match, at);
        }

        _problems.AddRange(new AccountCheck(policy, _places).Problems());
        _problems.AddRange(SecondStepCheck.Of(policy, _places));
        _problems.AddRange(ShadowCheck.Of(policy));
        return _problems;
    }

    private void Entry(PolicyEntry entry, Policy policy)
    {
        Match(entry.Match, entry.At);
        if (entry.Playbook is { } name && !playbooks.Names.Contains(name))
        {
            Add(
                "PO012",
                _places.Of("playbook", name, entry.At),
                $"there is no playbook '{name}'{Nearest.Hint(name, [.. playbooks.Names])}");
            return;
        }

        var whole = entry.Over(policy.Defaults);
        var answering = whole.Mode is Mode.Observe && !entry.Parameters.EnumerateObject().Any() ? [] : Answering(entry);
        Declared(entry, () => answering);
        if (whole.Mode is not Mode.Observe && !whole.RollsBack)
        {
            Required(whole, answering, policy.Rules);
            Unanswered(entry, answering);
        }
    }

    private void Exempt(Exemption exemption, DateTimeOffset now)
    {
        Match(exemption.Match, exemption.At);
        if (exemption.Until <= now)
        {
            Add(
                "PO015",
                exemption.At,
                $"this exemption ended on {exemption.Until:yyyy-MM-dd} and no longer counts: remove it, or renew it with a reason",
                isWarning: true);
        }

        if (exemption.Match.LooksAtTags)
        {
            Add(
                "PO018",
                exemption.At,
                "this exemption goes by tags: whoever may tag a resource can exempt it; name resources or accounts where that must not be",
                isWarning: true);
        }
    }

    private void Match(Match match, Place at)
    {
        Names(match, at);
        foreach (
            var rule in match.Rules.Where(r => !ManagedRule.All.ContainsKey(r) && !ManagedRule.All.Keys.Any(id => Wildcard.Like(r, id))))
        {
            Add("PO010", _places.Of("rule", rule, at), UnknownRule(rule));
        }

        foreach (
            var type in match.Types.Where(t =>
                t.StartsWith("AWS::", StringComparison.Ordinal) && !ResourceTypes.All.Any(known => Wildcard.Like(t, known))))
        {
            Add(
                "PO016",
                _places.Of("resource-type", type, at),
                $"AWS Config has no resource type '{type}'{Nearest.Hint(type, [.. ResourceTypes.All])}");
        }
    }

    private static string Unregistered(string type) =>
        ResourceTypes.All.Contains(type)
            ? $"'{type}' cannot be rolled back through Cloud Control: AWS Config does not record it in CloudFormation's shape, or "
                + "Cloud Control does not update it; take it out, and use playbooks that know what is recorded of it ('remediator "
                + "catalog')"
            : $"AWS Config has no resource type '{type}' that Cloud Control can roll "
                + $"back{Nearest.Hint(type, [.. RegisteredTypes.Names()])}";

    private void Names(Match match, Place at)
    {
        foreach (var set in match.Sets.Where(s => !RuleSets.Names.Contains(s)))
        {
            Add("PO023", _places.Of("set", set, at), $"there is no set of rules '{set}'{Nearest.Hint(set, [.. RuleSets.Names])}");
        }

        foreach (var service in match.Services.Where(s => !Services.Any(known => Wildcard.Like(s, known))))
        {
            Add(
                "PO016",
                _places.Of("service", service, at),
                $"AWS Config has no resource type of a service '{service}'{Nearest.Hint(service, Services)}");
        }

        foreach (var playbook in match.Playbooks.Where(p => !playbooks.Names.Any(known => Wildcard.Like(p, known))))
        {
            Add(
                "PO012",
                _places.Of("playbook", playbook, at),
                $"there is no playbook '{playbook}'{Nearest.Hint(playbook, [.. playbooks.Names])}");
        }
    }

    private static string UnknownRule(string rule)
    {
        var near = Nearest.Hint(rule, [.. ManagedRule.All.Keys]);
        return $"AWS Config has no managed rule '{rule}'{near} ({KnownRules.Unlisted}); 'rule' takes identifiers of managed rules, "
            + $"and a rule's own name is matched with 'rule-name: {rule}'";
    }

    private void Declared(PolicyEntry entry, Func<ImmutableArray<string>> answering)
    {
        string[] given = [.. entry.Parameters.EnumerateObject().Select(p => p.Name)];
        if (given is [])
        {
            return;
        }

        string[] declared = [.. answering().SelectMany(name => Parameters(name)).Distinct()];
        foreach (var name in given.Except(declared))
        {
            Add(
                "PO013",
                _places.Of("params", name, entry.At),
                $"no playbook that this is for has a parameter '{name}'{Nearest.Hint(name, declared)}");
        }
    }

    /// <summary>
    /// Only if the entry names a rule: a pattern also includes rules that nobody deployed. The rule itself or another entry about the same
    /// findings may give the value.
    /// </summary>
    private void Required(PolicyEntry entry, ImmutableArray<string> answering, ImmutableArray<PolicyEntry> all)
    {
        if (entry.Playbook is null && !entry.Match.Rules.Any(ManagedRule.All.ContainsKey))
        {
            return;
        }

        var named = entry.Playbook is { } one
            ? [one]
            : answering.Where(name => playbooks.Answers.Any(a => a.Playbook == name && entry.Match.Rules.Contains(a.Rule)));
        foreach (
            var (playbook, missing) in named
                .Select(playbooks.Load)
                .SelectMany(p => p.Parameters.Select(q => (p, q)))
                .Where(x => x.q.Required && entry.Parameters.Member(x.q.Name).IsNull())
                .Where(x => !all.Any(e => !e.Parameters.Member(x.q.Name).IsNull() && MatchOverlap.May(e.Match, entry.Match))))
        {
            Add(
                "PO014",
                At(entry),
                $"playbook {playbook.Name} needs 'params: {{{missing.Name}: …}}' unless the rule says it: {missing.Description}",
                isWarning: true);
        }

        if (named.Any(name => Parameters(name).Contains(Tags))
            && !GivesTags(entry)
            && !_tagging.Any(e => MatchOverlap.May(e.Match, entry.Match)))
        {
            Add(
                "PO030",
                At(entry),
                "no tag has a value: 'tags-from' names no other source than the policy, and there is no 'params: {tags: {KEY: value}}'; "
                + "each finding asks a person",
                isWarning: true);
        }
    }

    private static bool GivesTags(PolicyEntry entry) => entry.Parameters.Member(Tags).IsObject()
        || (entry.TagsFrom is { } from && from.Any(s => s is not TagSource.Policy));

    private void Unanswered(PolicyEntry entry, ImmutableArray<string> answering)
    {
        if (!answering.IsEmpty)
        {
            return;
        }

        foreach (var rule in entry.Match.Rules.Where(ManagedRule.All.ContainsKey))
        {
            Add(
                "PO011",
                _places.Of("rule", rule, entry.At),
                $"no playbook answers {rule}: each finding is escalated to a person",
                isWarning: true);
        }
    }

    /// <summary>
    /// The playbooks that the entry may use; a rule's own name may belong to any managed rule, and another entry may name the playbook.
    /// </summary>
    private ImmutableArray<string> Answering(PolicyEntry entry) => entry.Playbook is { } name
        ? [name]
        :
        [
            .. ByRule(entry.Match)
                .Concat(_naming.Where(e => MatchOverlap.May(e.Match, entry.Match)).Select(e => e.Playbook!))
                .Distinct(),
        ];

    /// <summary>The playbooks for the rules and types of a match, cached: there may be thousands of entries about the same rules.</summary>
    private ImmutableArray<string> ByRule(Match match)
    {
        var key = string.Join(
            '|',
            ((ImmutableArray<string>[])[match.Rules, match.Sets, match.Types, match.Services, match.Playbooks]).Select(p =>
                string.Join(',', p)));
        return _byRule.TryGetValue(key, out var known)
            ? known
            : _byRule[key] = [.. playbooks.Answers.Where(a => CanMatch(match, a)).Select(a => a.Playbook).Distinct()];
    }

    private ImmutableArray<string> Parameters(string playbook) => _parameters.TryGetValue(playbook, out var known)
        ? known
        : _parameters[playbook] = [.. playbooks.Load(playbook).Parameters.Select(p => p.Name)];

    private static bool CanMatch(Match match, Answering answer) =>
        (match with { RuleNames = [] }).MatchesRule("", answer.Rule)
        && (match.Types.IsEmpty || match.Types.Any(t => Wildcard.Like(t, answer.Type)))
        && match.MatchesService(answer.Type)
        && (match.Playbooks.IsEmpty || match.Playbooks.Any(p => Wildcard.Like(p, answer.Playbook)));

    private Place At(PolicyEntry entry) => entry.Match.Rules is [var rule, ..] ? _places.Of("rule", rule, entry.At) : entry.At;

    private void Add(string code, Place at, string message, bool isWarning = false) =>
        _problems.Add(new(code, at, message) { IsWarning = isWarning });
}
