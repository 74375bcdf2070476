using System.Text.Json;

namespace Remediator.Tests.JmesPath;

/// <summary>Equality of JSON for tests, independent of the code under test: numbers as doubles, because case files round.</summary>
internal static class SameJson
{
    public static bool AreSame(JsonElement left, JsonElement right) => (left.ValueKind, right.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) =>
            Math.Abs(left.GetDouble() - right.GetDouble()) <= 1e-12 * Math.Abs(left.GetDouble()),
        (JsonValueKind.Array, JsonValueKind.Array) => left.GetArrayLength() == right.GetArrayLength()
            && left.EnumerateArray().Zip(right.EnumerateArray()).All(pair => AreSame(pair.First, pair.Second)),
        (JsonValueKind.Object, JsonValueKind.Object) => left.GetPropertyCount() == right.GetPropertyCount()
            && left.EnumerateObject().All(p => right.TryGetProperty(p.Name, out var other) && AreSame(p.Value, other)),
        _ => JsonElement.DeepEquals(left, right),
    };
}
