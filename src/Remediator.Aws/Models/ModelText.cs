using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>Reads the loosely typed values of a model.</summary>
internal static class ModelText
{
    public static string? Text(this JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool Flag(this JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A trait that is set by its presence, such as <c>"awsQueryCompatible": {}</c>.</summary>
    public static bool Has(this JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.False or JsonValueKind.Null);

    public static string[] Texts(this JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.GetString() ?? "")]
            : [];

    public static double? Number(this JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
