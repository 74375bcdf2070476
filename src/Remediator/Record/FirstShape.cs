using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Playbooks;

namespace Remediator.Record;

/// <summary>
/// Incidents as they were stored before they said their version: all members on one level, what reached which topic as one text,
/// when a change began as a line of the history, and the playbook's text instead of its hash.
/// </summary>
internal static class FirstShape
{
    private static readonly string[] Origin = ["Resource", "Rule", "Region", "RecordedAt", "IsFirst", "Annotation"];

    private static readonly string[] Terms = ["Mode", "RuleIdentifier", "Playbook", "Owner", "Environment", "Severity", "ConfirmWithin"];

    private static readonly string[] Change = ["Plan", "Inputs", "PlaybookSource", "Step", "Runbook", "UndoCalls"];

    private static readonly string[] Telling = ["Notice", "Reached", "Told", "ToldAt", "Reminders", "AcknowledgedBy"];

    /// <summary>The same incident in the shape of now; what is in that shape already is given back as it is.</summary>
    public static JsonObject Upgrade(JsonNode? stored)
    {
        if (stored is not JsonObject flat)
        {
            throw new JsonException("The journal holds something that is no incident.");
        }

        if (flat.ContainsKey("v"))
        {
            return WithHash(flat);
        }

        var playbook = flat["Playbook"]?.DeepClone();
        var (isChanged, began) = (Take(flat, "IsChanged"), BeganAt(flat["Entries"]));
        Group(flat, "Origin", Origin);
        var terms = Group(flat, "Terms", Terms);
        Drop(terms, "Mode", IsEmpty);
        var change = Group(flat, "Change", Change);
        var telling = Group(flat, "Telling", Telling);
        telling["Reached"] = Reached(telling["Reached"]);
        if (change["Plan"] is null)
        {
            flat.Remove("Change");
        }
        else
        {
            (change["Playbook"], change["IsInPlace"], change["BeganAt"]) = (playbook, isChanged, began);
            WithHash(flat);
        }

        return flat;
    }

    /// <summary>The second shape held the playbook's text. Its hash says which text it was; the text is the deployment's to give.</summary>
    private static JsonObject WithHash(JsonObject incident)
    {
        if (incident["Change"] is JsonObject change && Take(change, "PlaybookSource") is { } text)
        {
            change["PlaybookHash"] = PlaybookLibrary.HashOf(text.GetValue<string>());
        }

        return incident;
    }

    private static JsonNode? Take(JsonObject from, string name)
    {
        from.Remove(name, out var value);
        return value;
    }

    private static JsonObject Group(JsonObject flat, string group, string[] members)
    {
        var grouped = new JsonObject();
        foreach (var member in members.Where(flat.ContainsKey))
        {
            grouped[member] = Take(flat, member);
        }

        flat[group] = grouped;
        return grouped;
    }

    private static void Drop(JsonObject from, string name, Func<JsonNode?, bool> where)
    {
        if (where(from[name]))
        {
            from.Remove(name);
        }
    }

    private static bool IsEmpty(JsonNode? text) => text is null || text.GetValue<string>().Length == 0;

    /// <summary>The time of the last line that says that calls were made.</summary>
    private static JsonNode? BeganAt(JsonNode? entries) => (entries as JsonArray)?
        .LastOrDefault(e => e?["What"]?.GetValue<string>().StartsWith("applying", StringComparison.Ordinal) is true)?["At"]?.DeepClone();

    /// <summary>It was <c>Kind:topic Kind:topic</c>.</summary>
    private static JsonArray Reached(JsonNode? text)
    {
        var list = new JsonArray();
        foreach (var one in text?.GetValue<string>().Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var parts = one.Split(':', 2);
            list.Add((JsonNode)new JsonObject { ["Kind"] = parts[0], ["Topic"] = parts[^1] });
        }

        return list;
    }
}
