using System.Text.Json;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>What an operation that answers success says of the items that it refused.</summary>
internal static class PartialFailure
{
    private const string Unknown = "PartialFailure";

    /// <summary>
    /// The error code that the items share, so that it is taken as it is elsewhere; a code of our own where they have none or several.
    /// </summary>
    public static string CodeOf(JsonElement failure) =>
        Codes(failure).Distinct(StringComparer.Ordinal).Take(2).ToArray() is [var code] ? code : Unknown;

    private static IEnumerable<string> Codes(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Codes),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(m => IsCode(m) ? [m.Value.GetString()!] : Codes(m.Value)),
        _ => [],
    };

    private static bool IsCode(JsonProperty member) =>
        member.Value.ValueKind is JsonValueKind.String && member.Name is "Code" or "code" or "ErrorCode" or "errorCode";
}
