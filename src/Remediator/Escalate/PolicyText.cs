using System.Text.Json;
using Remediator.Values;

namespace Remediator.Escalate;

/// <summary>Statements of policy documents, in as few words as tell them apart.</summary>
internal static class PolicyText
{
    private const int MostNames = 3;

    /// <summary>The statements of a policy document, also where it is text; null where the value is none.</summary>
    public static IReadOnlyList<JsonElement>? Statements(JsonElement value) => Document(value).Member("Statement") switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        { ValueKind: JsonValueKind.Object } one => [one],
        _ => null,
    };

    /// <summary>Null where it is no statement.</summary>
    public static string? Statement(JsonElement value)
    {
        if (value.TextOf("Effect") is not { } effect)
        {
            return null;
        }

        var sid = value.TextOf("Sid") is { Length: > 0 } name ? $" {name}" : "";
        var who = Names(value.Member("Principal")) is { Length: > 0 } principal
            ? $" to {principal}"
            : Names(value.Member("NotPrincipal")) is { Length: > 0 } not ? $" to all but {not}" : "";
        var what = Names(value.Member("Action")) is { Length: > 0 } actions ? actions : $"all but {Names(value.Member("NotAction"))}";
        var when = value.Member("Condition").IsTruthy() ? ", with a condition" : "";
        return $"statement{sid}: {effect} {what}{who}{when}";
    }

    private static JsonElement Document(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String || value.GetString()!.TrimStart() is not ['{', ..])
        {
            return value;
        }

        try
        {
            return Json.Parse(value.GetString()!);
        }
        catch (JsonException)
        {
            // Text that only begins like one.
            return value;
        }
    }

    private static string Names(JsonElement value)
    {
        List<string> names = [.. All(value)];
        return names.Count <= MostNames
            ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more";
    }

    private static IEnumerable<string> All(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(All),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(m => All(m.Value)),
        _ => [],
    };
}
