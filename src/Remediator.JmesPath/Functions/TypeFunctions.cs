using System.Text.Json;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Functions;

internal static class TypeFunctions
{
    public static JmesPathFunction[] All =>
    [
        new("type", [JmesPathTypes.Any], call => JmesPathValue.From(TypeCheck.Name(call[0].Type))),
        new("not_null", [JmesPathTypes.Any], NotNull) { Variadic = true, Flow = Flow.Same },
        new("to_array", [JmesPathTypes.Any], ToArray) { Flow = Flow.Listed },
        new("to_string", [JmesPathTypes.Any], ToText),
        new("to_number", [JmesPathTypes.Any], ToNumber),
    ];

    private static JmesPathValue NotNull(JmesPathCall call)
    {
        var found = 0;
        while (found < call.Count - 1 && call[found].IsNull)
        {
            found++;
        }

        return call[found];
    }

    private static JmesPathValue ToArray(JmesPathCall call) =>
        call[0].Type == JmesPathTypes.Array ? call[0] : JmesPathValue.FromItems(call[0]);

    private static JmesPathValue ToText(JmesPathCall call) =>
        call[0].Type == JmesPathTypes.String ? call[0] : JmesPathValue.From(ValueWriter.ToText(call[0], call.Budget));

    /// <summary>Accepts only JSON's number syntax; .NET's number parsers accept more.</summary>
    private static JmesPathValue ToNumber(JmesPathCall call) => call[0].Type switch
    {
        JmesPathTypes.Number => call[0],
        JmesPathTypes.String when Parsed(call[0].AsString()) is { ValueKind: JsonValueKind.Number } number => JmesPathValue.From(number),
        _ => JmesPathValue.Null,
    };

    private static JsonElement? Parsed(string text) =>
        text.Length > 0 && (text[0] == '-' || char.IsAsciiDigit(text[0])) && char.IsAsciiDigit(text[^1]) ? JsonText.Parse(text) : null;
}
