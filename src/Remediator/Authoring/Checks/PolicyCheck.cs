using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Remediator.Authoring.Data;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;
using Match = Remediator.Decide.Match;

namespace Remediator.Authoring.Checks;

/// <summary>Holds the policy against the playbooks and the rules that AWS Config has.</summary>
internal sealed partial class PolicyCheck(string file, string text, ImmutableArray<Playbook> playbooks)
{
    private readonly YamlPositions _places = new(file, text);
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Of(Policy policy, DateTimeOffset now)
    {
        Entry(policy.Defaults, isDefault: true);
        foreach (var entry in policy.Rules)
        {
            Entry(entry, isDefault: false);
        }

        foreach (var exemption in policy.Exemptions)
        {
            Match(exemption.Match);
            if (exemption.Until <= now)
            {
                Add("PO015", exemption.At, $"this exemption ended on {exemption.Until:yyyy-MM-dd} and no longer counts: remove it, or renew it with a reason", isWarning: true);
            }
        }

        return _problems;
    }

    private void Entry(PolicyEntry entry, bool isDefault)
    {
        Match(entry.Match);
        if (entry.Playbook is { } name && !playbooks.Any(p => p.Name == name))
        {
            Add("PO012", _places.Of("playbook", name), $"there is no playbook '{name}'{Nearest.Hint(name, [.. playbooks.Select(p => p.Name)])}");
        }

        var answering = isDefault ? playbooks : Answering(entry);
        Parameters(entry, answering, isDefault);
        Unanswered(entry, answering, isDefault);
    }

    private void Match(Match match)
    {
        foreach (var rule in match.Rules.Where(r => Identifier().IsMatch(r) && !ManagedRule.All.ContainsKey(r)))
        {
            Add("PO010", _places.Of("rule", rule), $"AWS Config has no managed rule '{rule}'{Nearest.Hint(rule, [.. ManagedRule.All.Keys])}");
        }

        foreach (var type in match.Types.Where(t => !t.Contains('*', StringComparison.Ordinal) && !ResourceTypes.All.Contains(t)))
        {
            Add("PO016", _places.Of("resource-type", type), $"AWS Config has no resource type '{type}'{Nearest.Hint(type, [.. ResourceTypes.All])}");
        }
    }

    private void Parameters(PolicyEntry entry, ImmutableArray<Playbook> answering, bool isDefault)
    {
        string[] declared = [.. answering.SelectMany(p => p.Parameters).Select(p => p.Name).Distinct()];
        foreach (var name in entry.Parameters.EnumerateObject().Select(p => p.Name).Where(n => !declared.Contains(n) && !answering.IsEmpty))
        {
            Add("PO013", _places.Of("params", name), $"no playbook that this is for has a parameter '{name}'{Nearest.Hint(name, declared)}");
        }

        if (isDefault || entry.Mode is null or Mode.Observe)
        {
            return;
        }

        foreach (var (playbook, missing) in answering.SelectMany(p => p.Parameters.Select(q => (p, q)))
            .Where(x => x.q.Required && entry.Parameters.Member(x.q.Name).IsNull()))
        {
            Add("PO014", At(entry), $"playbook {playbook.Name} needs 'params: {{{missing.Name}: …}}': {missing.Description}");
        }
    }

    private void Unanswered(PolicyEntry entry, ImmutableArray<Playbook> answering, bool isDefault)
    {
        if (isDefault || !answering.IsEmpty || entry.Playbook is not null || entry.Mode is null or Mode.Observe)
        {
            return;
        }

        foreach (var rule in entry.Match.Rules.Where(ManagedRule.All.ContainsKey))
        {
            Add("PO011", _places.Of("rule", rule), $"no playbook answers {rule}: each finding is escalated to a person", isWarning: true);
        }
    }

    /// <summary>The playbooks that the entry may lead to; a rule's free name may be any rule.</summary>
    private ImmutableArray<Playbook> Answering(PolicyEntry entry) => entry.Playbook is { } name
        ? [.. playbooks.Where(p => p.Name == name)]
        : [.. playbooks.Where(p => p.Rules.Any(r => p.Resources.Any(t => CanMatch(entry.Match, r, t))))];

    private static bool CanMatch(Match match, string rule, string type)
    {
        var byName = match.Rules.Any(r => !Identifier().IsMatch(r) && !r.Contains('*', StringComparison.Ordinal));
        var open = match with { Accounts = [], Regions = [], Resources = [], Tags = ImmutableDictionary<string, string>.Empty, Rules = byName ? [] : match.Rules };
        return open.Matches(new(new("", "", type, ""), rule, rule));
    }

    private Place At(PolicyEntry entry) => entry.Match.Rules is [var rule, ..] ? _places.Of("rule", rule) : new(file, 1, 1);

    private void Add(string code, Place at, string message, bool isWarning = false) =>
        _problems.Add(new(code, at, message) { IsWarning = isWarning });

    [GeneratedRegex("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$")]
    private static partial Regex Identifier();
}
