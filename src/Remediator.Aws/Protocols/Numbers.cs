using System.Globalization;
using System.Text.Json;

namespace Remediator.Aws.Protocols;

/// <summary>Floating-point numbers, including the three that JSON has no number for.</summary>
internal static class Numbers
{
    public static bool IsSpecial(string? text) => text is "NaN" or "Infinity" or "-Infinity";

    public static void Read(string text, Utf8JsonWriter output)
    {
        if (IsSpecial(text))
        {
            output.WriteStringValue(text);
        }
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            output.WriteNumberValue(number);
        }
        else
        {
            throw new MalformedResponseException($"'{text}' is not a number.");
        }
    }
}
