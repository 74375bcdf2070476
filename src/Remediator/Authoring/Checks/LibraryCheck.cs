using Remediator.Decide;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Finds rules that several playbooks answer for one resource type while the policy chooses none.</summary>
internal static class LibraryCheck
{
    public static IEnumerable<Problem> Of(IReadOnlyList<CheckedPlaybook> playbooks, Policy? policy)
    {
        var answers = from p in playbooks
                      from pair in AnsweredPairs.Of(p.Playbook)
                      group p by pair;
        foreach (var several in answers.Where(a => a.Count() > 1 && !IsChosen(a.Key.Rule, a.Key.Type, policy)))
        {
            var names = string.Join(" and ", several.Select(p => p.Playbook.Name));
            yield return new(
                "PB035",
                several.Last().YamlPositions.Of("rules", several.Key.Rule),
                $"{names} all answer {several.Key.Rule} for {several.Key.Type}: choose one in the policy (an entry with 'match: "
                + $"{{rule: {several.Key.Rule}}}' and 'playbook')"
            );
        }
    }

    /// <summary>Guides that nobody would be shown: a playbook answers, or another guide comes first.</summary>
    public static IEnumerable<Problem> OfGuides(IReadOnlyList<CheckedPlaybook> guides, IReadOnlyList<CheckedPlaybook> playbooks)
    {
        var answered = playbooks.SelectMany(p => AnsweredPairs.Of(p.Playbook).Select(pair => (pair, p.Playbook.Name)))
            .ToLookup(p => p.pair, p => p.Name);
        var told = guides.SelectMany(g => AnsweredPairs.Of(g.Playbook).Select(pair => (pair, g.Playbook.Name)))
            .ToLookup(p => p.pair, p => p.Name);
        return
            from guide in guides
            from pair in AnsweredPairs.Of(guide.Playbook)
            from other in answered[pair].Concat(told[pair].TakeWhile(name => name != guide.Playbook.Name))
            select new Problem(
                "PB080",
                guide.YamlPositions.Of("rules", pair.Rule),
                $"{other} is about {pair.Rule} for {pair.Type} too: nobody would be shown this guide");
    }

    private static bool IsChosen(string rule, string type, Policy? policy) => policy is not null
        && policy.Rules.Any(entry => entry.Playbook is not null && entry.Match.Matches(new(new("", "", type, ""), "", rule)));
}
