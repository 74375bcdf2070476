using System.Text.Json;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Change.LongCalls;

/// <summary>Whether a change set does what was planned: change the drifted properties of the one resource, and nothing else.</summary>
internal static class ChangeSetCheck
{
    private const int MostNamed = 5;

    /// <summary>What else it would do, in a sentence; null where it may be carried out.</summary>
    public static string? Refusal(JsonElement set, Incident incident)
    {
        var drifted = incident.Change is { } change ? Drifted(change) : [];
        if (drifted is not [var only])
        {
            return $"{drifted.Length} resources of the stack are drifted, and one is handed back at a time.";
        }

        var changes = Items(set.Member("Changes")).Select(c => c.Member("ResourceChange")).ToList();
        var more = set.TextOf("NextToken") is { Length: > 0 };
        return changes is [var one] && !more && IsPlanned(one, only)
            ? null
            : $"It would do something else than hand {only.Id} back: "
                + $"{string.Join(", ", changes.Take(MostNamed).Select(Said))}{(more || changes.Count > MostNamed ? ", and more" : "")}.";
    }

    private static (string? Id, HashSet<string> Properties)[] Drifted(PlannedChange change) =>
        [
            .. Items(change.Plan.Steps[change.Step].Before.Member("drifted"))
                .Select(d =>
                    (
                        d.TextOf("LogicalResourceId"), Items(d.Member("Properties"))
                            .Select(p => p.TextOf("Path")?.TrimStart('/').Split('/')[0])
                            .OfType<string>()
                            .ToHashSet(StringComparer.Ordinal))),
        ];

    /// <summary>What does not say what it is about is not planned.</summary>
    private static bool IsPlanned(JsonElement change, (string? Id, HashSet<string> Properties) drifted) =>
        change.TextOf("Action") is "Modify"
        && change.TextOf("Replacement") is "False"
        && change.TextOf("LogicalResourceId") is { } id && id == drifted.Id
        && Items(change.Member("Details")).Select(d => d.Member("Target")).ToList() is { Count: > 0 } targets
        && targets.All(t => t.TextOf("Attribute") is "Properties"
            && t.TextOf("Name") is { } name && drifted.Properties.Contains(name));

    private static string Said(JsonElement change)
    {
        var replaced = change.TextOf("Replacement") is "True" or "Conditional" ? " with replacement" : "";
        var names = Items(change.Member("Details"))
            .Select(d => d.Member("Target").TextOf("Name"))
            .Where(n => n is not null)
            .Distinct()
            .ToList();
        return $"{change.TextOf("Action")} "
            + $"{change.TextOf("LogicalResourceId")}{(names is [] ? "" : $" ({string.Join(", ", names)})")}{replaced}";
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement list) => list.IsList() ? list.EnumerateArray() : default;
}
