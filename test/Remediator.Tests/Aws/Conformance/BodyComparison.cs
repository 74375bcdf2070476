using System.Text;
using System.Text.Json;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Compares request bodies by the rule that a case names.</summary>
internal static class BodyComparison
{
    public static string? Difference(string rule, string expected, byte[] actual)
    {
        var text = Encoding.UTF8.GetString(actual);
        return rule switch
        {
            "none" => null,
            "empty" => actual.Length == 0 ? null : $"body: expected none, is {text}",
            "bytes" => text == expected ? null : $"body: expected {expected}, is {text}",
            "form" => QueryComparison.Multisets(expected, text, "body"),
            "json" => OfJson(expected, text),
            "xml" => XmlComparison.Difference(expected, text),
            _ => $"unknown rule {rule}",
        };
    }

    private static string? OfJson(string expected, string actual)
    {
        if (expected.Length == 0 || actual.Length == 0)
        {
            return expected == actual ? null : $"body: expected '{expected}', is '{actual}'";
        }

        return JsonComparison.Difference(JsonElement.Parse(expected), JsonElement.Parse(actual), "body");
    }
}
