using System.Globalization;
using System.Text.Json;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Compares JSON by value: numbers numerically, keys in any order.</summary>
internal static class JsonComparison
{
    /// <summary>Where and how they differ; null if they do not.</summary>
    public static string? Difference(JsonElement expected, JsonElement actual, string at = "$")
    {
        if (expected.ValueKind == JsonValueKind.Number && actual.ValueKind == JsonValueKind.Number)
        {
            return Same(expected, actual) ? null : Differs(expected, actual, at);
        }

        if (IsBoolean(expected) && IsBoolean(actual))
        {
            return expected.ValueKind == actual.ValueKind ? null : Differs(expected, actual, at);
        }

        // The expected form of a jsonvalue may be its text.
        if (expected.ValueKind == JsonValueKind.String && actual.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            return TryParse(expected.GetString()!, out var parsed) ? Difference(parsed, actual, at) : Differs(expected, actual, at);
        }

        if (expected.ValueKind != actual.ValueKind)
        {
            return Differs(expected, actual, at);
        }

        return expected.ValueKind switch
        {
            JsonValueKind.Object => OfObjects(expected, actual, at),
            JsonValueKind.Array => OfArrays(expected, actual, at),
            JsonValueKind.String => SameText(expected.GetString()!, actual.GetString()!) ? null : Differs(expected, actual, at),
            _ => null,
        };
    }

    private static bool IsBoolean(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    // Clients may truncate the fraction of epoch seconds.
    private static bool Same(JsonElement expected, JsonElement actual) =>
        expected.TryGetDecimal(out var left) && actual.TryGetDecimal(out var right)
            ? left == right || (left > 1_000_000_000 && left == decimal.Floor(right))
            : expected.GetDouble().Equals(actual.GetDouble());

    // Timestamps are compared to the microsecond: clients round the last digits of floating-point epoch seconds differently.
    private static bool SameText(string expected, string actual) =>
        expected == actual
        || (DateTime.TryParse(expected, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var left)
            && DateTime.TryParse(actual, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var right)
            && (left - right).Duration() <= TimeSpan.FromMicroseconds(1));

    private static string? OfObjects(JsonElement expected, JsonElement actual, string at)
    {
        foreach (var property in expected.EnumerateObject())
        {
            if (!actual.TryGetProperty(property.Name, out var other))
            {
                return $"{at}.{property.Name}: missing, expected {property.Value.GetRawText()}";
            }

            if (Difference(property.Value, other, $"{at}.{property.Name}") is { } difference)
            {
                return difference;
            }
        }

        var extra = actual.EnumerateObject().FirstOrDefault(property => !expected.TryGetProperty(property.Name, out _));
        return extra.Value.ValueKind == JsonValueKind.Undefined ? null : $"{at}.{extra.Name}: not expected, is {extra.Value.GetRawText()}";
    }

    private static string? OfArrays(JsonElement expected, JsonElement actual, string at)
    {
        if (expected.GetArrayLength() != actual.GetArrayLength())
        {
            return Differs(expected, actual, at);
        }

        for (var i = 0; i < expected.GetArrayLength(); i++)
        {
            if (Difference(expected[i], actual[i], $"{at}[{i}]") is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static bool TryParse(string text, out JsonElement value)
    {
        try
        {
            value = JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }

    private static string Differs(JsonElement expected, JsonElement actual, string at) =>
        $"{at}: expected {expected.GetRawText()}, is {actual.GetRawText()}";
}
