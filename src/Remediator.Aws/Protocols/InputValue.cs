using System.Text.Json;

namespace Remediator.Aws.Protocols;

/// <summary>Reads members of an input; null and absent are equivalent.</summary>
internal static class InputValue
{
    public static bool TryGet(JsonElement input, string name, out JsonElement value)
    {
        value = default;
        return input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    public static bool Absent(JsonElement input, string name) => !TryGet(input, name, out _);
}
