using System.Text.Json;
using Remediator.Values;

namespace Remediator.Cli.Output;

/// <summary>
/// A value for people: JSON without needless quotes and without empty members.
/// </summary>
internal static class ValueText
{
    private const string Marks = "-_./:*@+ ";

    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "(not set)",
        JsonValueKind.String => Bare(value.GetString()!) ? value.GetString()! : value.GetRawText(),
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Of))}]",
        JsonValueKind.Object =>
            $"{{{string.Join(", ", value.EnumerateObject().Where(m => !IsEmpty(m.Value)).Select(m => $"{m.Name}: {Of(m.Value)}"))}}}",
        _ => value.GetRawText(),
    };

    private static bool IsEmpty(JsonElement value) => value.IsNull() || (value.IsList() && value.GetArrayLength() == 0);

    private static bool Bare(string text) => text.Length > 0 && text[0] is not ' ' && text[^1] is not ' '
        && text.All(c => char.IsAsciiLetterOrDigit(c) || Marks.Contains(c, StringComparison.Ordinal));
}
