using System.Text.Json;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Escalate;

/// <summary>A call in a line: the operation and its main input.</summary>
internal static class CallText
{
    private const int Longest = 300;

    public static string Of(PlannedCall call) =>
        PlainText.Line(
            $"{call.Operation} {string.Join(", ", Members(call.Input).Select(m => $"{m.Name}={ShownValue.Of(m.Name, m.Value)}"))}",
            Longest);

    private static JsonElement.ObjectEnumerator Members(JsonElement input) => input.IsObject() ? input.EnumerateObject() : default;
}
