using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Remediator.Values;

/// <summary>A text that is equal for equal values: members and items sorted, without nulls and ignored members.</summary>
internal static class StateKey
{
    public static string Of(JsonElement value, IReadOnlyCollection<string> ignored)
    {
        var key = new StringBuilder();
        Append(key, value, ignored);
        return key.ToString();
    }

    private static void Append(StringBuilder key, JsonElement value, IReadOnlyCollection<string> ignored)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendMembers(key, value, ignored);
                break;
            case JsonValueKind.Array:
                AppendAll(key, '[', value.EnumerateArray().Select(item => Of(item, ignored)).Order(StringComparer.Ordinal));
                break;
            case JsonValueKind.String:
                AppendText(key, '"', value.GetString()!);
                break;
            case JsonValueKind.Number:
                key.Append('#').Append(Number(value)).Append(';');
                break;
            default:
                key.Append(value.IsNull() ? 'n' : value.ValueKind is JsonValueKind.True ? 't' : 'f');
                break;
        }
    }

    private static void AppendMembers(StringBuilder key, JsonElement value, IReadOnlyCollection<string> ignored)
    {
        // If a name is repeated, the last one counts.
        var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        key.Append('{');
        foreach (var (name, member) in members)
        {
            if (!member.IsNull() && !ignored.Contains(name))
            {
                AppendText(key, '"', name);
                Append(key, member, ignored);
            }
        }

        key.Append('}');
    }

    private static void AppendAll(StringBuilder key, char mark, IEnumerable<string> items)
    {
        key.Append(mark);
        foreach (var item in items)
        {
            key.Append(item);
        }

        key.Append(']');
    }

    // The length comes first so that two different texts never give the same key.
    private static void AppendText(StringBuilder key, char mark, string text) =>
        key.Append(mark).Append(text.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(text);

    private static string Number(JsonElement value) => value.TryGetDecimal(out var exact)
        ? (exact / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
        : value.GetDouble().ToString("R", CultureInfo.InvariantCulture);
}
