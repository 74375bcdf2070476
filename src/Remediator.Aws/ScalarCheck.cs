using System.Text.Json;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws;

/// <summary>Checks whether a scalar of an input has the kind that its shape requires.</summary>
internal static class ScalarCheck
{
    /// <summary>What is expected there; null if the value is right.</summary>
    public static string? Expected(Shape shape, JsonElement value)
    {
        var (isRight, expected) = shape.Type switch
        {
            ShapeType.Boolean => (value.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false"),
            ShapeType.Integer => (IsNumber(value) && value.TryGetInt32(out _), "an integer"),
            ShapeType.Long => (IsNumber(value) && value.TryGetInt64(out _), "an integer"),
            ShapeType.Float or ShapeType.Double => (IsNumber(value) || IsSpecialNumber(value), "a number"),
            ShapeType.Timestamp => (Timestamps.TryRead(value, out _), "a time in ISO 8601 or epoch seconds"),
            ShapeType.Blob => (value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out _), "a base64 string"),
            _ => (value.ValueKind == JsonValueKind.String, "a string"),
        };
        return isRight ? null : expected;
    }

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    private static bool IsSpecialNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Numbers.IsSpecial(value.GetString());
}
