using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>
/// Checks that each playbook proves that it reads the resource of the event: the API takes the event's own name for it, or a
/// response contains that name.
/// </summary>
internal static class IdentityCheck
{
    // These are read from the event's id by its format, in the account and region of the event.
    private static readonly string[] OfEvent = ["id", "type", "arn", "name", "parts"];

    public static IEnumerable<Problem> Of(CheckedPlaybook playbook)
    {
        var all = playbook.Playbook;
        var isOfType = all.Resources.All(r => all.Types.Any(t => t.Name == r && t.Read.Identity is not null));
        if (isOfType || playbook.Sites.Any(s => s.Type is null && s.Query?.Identity is not null))
        {
            return [];
        }

        var proven = OfEvent.ToHashSet(StringComparer.Ordinal);
        proven.UnionWith(all.Names.Select(n => n.Name));
        return [.. all.Resolve.SelectMany(query => Resolve(query, proven)), .. Used(playbook, proven)];
    }

    private static IEnumerable<Problem> Resolve(Query query, HashSet<string> proven)
    {
        if (CallNames.Keys(query.Call).Any(proven.Contains) || ComparesId(query) || !CallNames.All(query.Call).Any())
        {
            proven.Add(query.Name);
            yield break;
        }

        yield return new("PB102", query.Call.At,
            $"nothing proves that '{query.Name}' is of the resource that the event names: add 'identity', what the answer calls it");
    }

    /// <summary>The result is selected by the event's name.</summary>
    private static bool ComparesId(Query query) => query.Take is { } take
        && take.Text.Contains("==${", StringComparison.Ordinal)
        && take.Holes.Any(h => h.Paths.SelectMany(CallNames.Name).Any(OfEvent.Contains));

    /// <summary>A setting that is found by a filter, and written without a name that the API enforces.</summary>
    private static IEnumerable<Problem> Used(CheckedPlaybook playbook, HashSet<string> proven) => playbook.Playbook.Steps
        .Where(step => step.Read.All(q => CallNames.IsOnlyFiltered(q.Call) && q.Identity is null && !ComparesId(q)))
        .SelectMany(step => step.Write.Where(c => CallNames.All(c).Any() && !CallNames.Keys(c).Any(proven.Contains)))
        .Select(call => new Problem("PB102", call.At,
            "the setting is looked for by a filter and written by another name: add 'identity', what the answer calls the resource"));
}
