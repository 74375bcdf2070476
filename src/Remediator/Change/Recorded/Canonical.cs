using System.Text.Json;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>
/// Compares what AWS Config recorded with what an API answers: null, an empty object, list or text and a missing member are equal,
/// scalars are compared by their text, and lists without order. Config writes numbers as text and empty values for absent ones.
/// </summary>
/// <remarks>Each value is written once in a canonical form: comparing long lists takes no more than sorting them.</remarks>
internal sealed class Canonical(IReadOnlyCollection<string> ignored)
{
    private const string Absent = "";

    public bool Same(JsonElement a, JsonElement b) => Of(a) == Of(b);

    public static bool IsAbsent(JsonElement value) => new Canonical([]).Of(value) == Absent;

    public bool Ignores(string member) => ignored.Contains(member);

    /// <summary>The canonical form; empty where the value counts as absent.</summary>
    public string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Members(value),
        JsonValueKind.Array => Items(value),
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? Quoted(text) : Absent,
        JsonValueKind.True => Quoted("true"),
        JsonValueKind.False => Quoted("false"),
        JsonValueKind.Number => Quoted(Number(value)),
        _ => Absent,
    };

    private string Members(JsonElement value)
    {
        var members = value.EnumerateObject()
            .Where(m => !ignored.Contains(m.Name))
            .Select(m => (m.Name, Value: Of(m.Value)))
            .Where(m => m.Value.Length > 0)
            .OrderBy(m => m.Name, StringComparer.Ordinal)
            .Select(m => $"{Quoted(m.Name)}:{m.Value}");
        var text = string.Join(',', members);
        return text.Length == 0 ? Absent : $"{{{text}}}";
    }

    private string Items(JsonElement value)
    {
        var text = string.Join(',', value.EnumerateArray().Select(Of).Where(i => i.Length > 0).Order(StringComparer.Ordinal));
        return text.Length == 0 ? Absent : $"[{text}]";
    }

    private static string Number(JsonElement value) =>
        value.TryGetDecimal(out var number)
            ? (number / 1.0000000000000000000000000000m).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : value.GetRawText();

    /// <summary>With its length, so that no text can pass for structure.</summary>
    private static string Quoted(string text) => $"{text.Length}'{text}'";
}
