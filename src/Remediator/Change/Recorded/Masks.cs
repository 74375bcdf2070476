using System.Text.Json;

namespace Remediator.Change.Recorded;

/// <summary>Values that Config leaves out on purpose: what it recorded instead is never written.</summary>
internal static class Masks
{
    public static bool IsMasked(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => IsMask(value.GetString()!),
        JsonValueKind.Array => value.EnumerateArray().Any(IsMasked),
        JsonValueKind.Object => value.EnumerateObject().Any(m => IsMasked(m.Value)),
        _ => false,
    };

    private static bool IsMask(string text) =>
        (text.Length >= 3 && text.All(c => c is '*')) || text.Contains("HIDDEN_DUE_TO_SECURITY_REASONS", StringComparison.Ordinal);
}
