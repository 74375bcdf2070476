using System.Text.Json;
using Remediator.Change.Recorded;
using Remediator.Values;

namespace Remediator.Change.Registered;

/// <summary>
/// Compares what AWS Config recorded with what Cloud Control answers: beside what <see cref="Canonical"/> forgives, JSON in text is the
/// same as the value that it writes.
/// </summary>
internal static class Loose
{
    private static readonly Canonical Forms = new([]);

    public static bool Same(JsonElement a, JsonElement b) => Forms.Of(Read(a)) == Forms.Of(Read(b));

    /// <summary>With every text that is JSON read.</summary>
    public static JsonElement Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Parsed(value) ?? value,
        JsonValueKind.Array => Json.List(value.EnumerateArray().Select(Read)),
        JsonValueKind.Object => Json.Object(value.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, Read(m.Value)))),
        _ => value,
    };

    /// <summary>The object or list that a text writes; null where it writes none.</summary>
    public static JsonElement? Parsed(JsonElement text)
    {
        if (text.ValueKind is not JsonValueKind.String || text.GetString()!.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return null;
        }

        try
        {
            return Json.Parse(text.GetString()!);
        }
        catch (JsonException)
        {
            // A text that only begins like JSON.
            return null;
        }
    }
}
