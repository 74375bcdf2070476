using System.Text.Json;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Decide;

/// <summary>
/// The words that an entry says, as one would write them; of its parameters each value, by its path: <c>params.tags.Owner</c>.
/// </summary>
internal static class EntryWords
{
    public const string Parameters = "params";

    private static readonly (string Name, Func<PolicyEntry, string?> Said)[] Words =
    [
        ("mode", e => e.Mode?.Name()),
        ("auto-up-to", e => e.AutoUpTo?.ToString()),
        ("owner", e => e.Owner),
        ("environment", e => e.Environment),
        ("escalate-to", e => e.EscalateTo is { } step ? $"{step.Owner} after {Written(step.After)}" : null),
        ("warn-before", e => e.WarnBefore is { } time ? Written(time) : null),
        ("severity", e => e.Severity),
        ("playbook", e => e.Playbook),
        ("rollout", e => e.Rollout?.ToString()),
        ("settle", e => e.Settle is { } time ? Written(time) : null),
        ("confirm-within", e => e.ConfirmWithin is { } time ? Written(time) : null),
        ("to", e => e.To is { } aims ? string.Join(", ", aims.Select(a => AimNames.All[(int)a])) : null),
        ("tags-from", e => e.TagsFrom is { } sources ? string.Join(", ", sources.Select(s => TagSourceNames.All[(int)s])) : null),
        ("owned", e => e.Owned is { } owned ? PolicySchema.Owned[(int)owned] : null),
        ("undo-on", e => e.UndoOn?.ToString()),
        ("security-hub", e => e.SecurityHub is { } hub ? hub ? "true" : "false" : null),
        ("trust-rule-parameters", e => e.TrustRuleParameters is { } trusts ? trusts ? "true" : "false" : null),
    ];

    public static IEnumerable<KeyValuePair<string, string>> Of(PolicyEntry entry) => Words
        .Select(w => (w.Name, Said: w.Said(entry)))
        .Where(w => w.Said is not null)
        .Select(w => KeyValuePair.Create(w.Name, w.Said!))
        .Concat(Leaves(Parameters, entry.Parameters));

    private static IEnumerable<KeyValuePair<string, string>> Leaves(string path, JsonElement value) => value.IsObject()
        ? value.EnumerateObject().SelectMany(m => Leaves($"{path}.{m.Name}", m.Value))
        : [KeyValuePair.Create(path, value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText())];

    public static string Written(TimeSpan time) => time.Ticks switch
    {
        0 => "0s",
        var t when t % TimeSpan.TicksPerDay == 0 => $"{t / TimeSpan.TicksPerDay}d",
        var t when t % TimeSpan.TicksPerHour == 0 => $"{t / TimeSpan.TicksPerHour}h",
        var t when t % TimeSpan.TicksPerMinute == 0 => $"{t / TimeSpan.TicksPerMinute}m",
        var t => $"{t / TimeSpan.TicksPerSecond}s",
    };
}
