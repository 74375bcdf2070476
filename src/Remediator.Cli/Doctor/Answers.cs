using System.Globalization;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Cli.Doctor;

/// <summary>Reading of AWS's answers.</summary>
internal static class Answers
{
    /// <summary>The items of a list; none where it is not there.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement answer, string name) =>
        answer.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<string> TextsOf(this JsonElement answer, string name) =>
        answer.Each(name).Where(i => i.ValueKind is JsonValueKind.String).Select(i => i.GetString()!);

    public static bool IsTrue(this JsonElement answer, string name) => answer.Member(name).ValueKind is JsonValueKind.True;

    /// <summary>A number, also one that is written as text; null where there is none.</summary>
    public static double? NumberOf(this JsonElement answer, string name) => answer.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text
            when double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    public static JsonElement Input(params ReadOnlySpan<(string Name, string Value)> members)
    {
        var pairs = new List<KeyValuePair<string, JsonElement>>();
        foreach (var (name, value) in members)
        {
            pairs.Add(new(name, Json.Text(value)));
        }

        return Json.Object(pairs);
    }
}
