using Remediator.Incidents;

namespace Remediator.Decide;

/// <summary>Why a match does not hold: the words of it that do not, as one would write them.</summary>
internal static class Mismatch
{
    private static readonly (Func<Match, string> Said, Func<Match, Match> Only)[] All =
    [
        (m => $"rule: {Text(m.Rules)}", m => new() { Rules = m.Rules }),
        (m => $"set: {Text(m.Sets)}", m => new() { InSets = m.InSets }),
        (m => $"rule-name: {Text(m.RuleNames)}", m => new() { RuleNames = m.RuleNames }),
        (m => $"account: {Text(m.Accounts)}", m => new() { Accounts = m.Accounts }),
        (OfAccount, m => new() { Known = m.Known }),
        (m => $"region: {Text(m.Regions)}", m => new() { Regions = m.Regions }),
        (m => $"resource-type: {Text(m.Types)}", m => new() { Types = m.Types }),
        (m => $"service: {Text(m.Services)}", m => new() { Services = m.Services }),
        (m => $"resource: {Text(m.Resources)}", m => new() { Resources = m.Resources }),
        (OfTags, m => new() { Tags = m.Tags }),
        (m => $"impact: {string.Join(", ", m.Impacts.Select(i => i.ToString().ToLowerInvariant()))}", m => new() { Impacts = m.Impacts }),
        (m => $"playbook: {Text(m.Playbooks)}", m => new() { Playbooks = m.Playbooks }),
        (m => $"since: {m.Since:u}", m => new() { Since = m.Since }),
    ];

    public static IEnumerable<string> Of(Match match, Subject subject) =>
        All.Where(w => !w.Only(match).Matches(subject)).Select(w => w.Said(match));

    /// <summary>The words that a match has, as one would write them.</summary>
    public static IEnumerable<string> Words(Match match) =>
        All.Select(w => w.Said(match)).Where(said => said.Length > 0 && !said.EndsWith(": ", StringComparison.Ordinal));

    /// <summary>The same in one text; empty where it is about everything.</summary>
    public static string Text(Match match) => string.Join("; ", Words(match));

    private static string Text(IEnumerable<string> patterns) => string.Join(", ", patterns);

    // In one order: what is known by this text (a rollout, an exemption) is known by it in every process.
    private static string OfTags(Match m) =>
        $"tag: {string.Join(", ", m.Tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={Text(t.Value)}"))}";

    private static string OfAccount(Match m) =>
        string.Join(
            ", ",
            new[] { ("team", m.Teams), ("environment", m.Environments), ("ou", m.Units) }
                .Where(w => !w.Item2.IsEmpty)
                .Select(w => $"{w.Item1}: {Text(w.Item2)}"));
}
