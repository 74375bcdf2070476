using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws;

/// <summary>Reads the few kinds of expressions that paginators use: <c>A.B</c>, <c>A[-1].B</c> and <c>A || B</c>.</summary>
internal static class PageTokens
{
    public static bool HasMore(Paginator paginator, JsonElement page) =>
        paginator.MoreResults is not { } more || Read(page, more) is { ValueKind: JsonValueKind.True };

    /// <summary>The token; null if the page has none or an empty one.</summary>
    public static JsonElement? Read(JsonElement page, string expression)
    {
        foreach (var path in expression.Split("||", StringSplitOptions.TrimEntries))
        {
            if (Follow(page, path) is { } value && !IsEmpty(value))
            {
                return value;
            }
        }

        return null;
    }

    private static JsonElement? Follow(JsonElement value, string path)
    {
        foreach (var step in path.Split('.'))
        {
            var takesLast = step.EndsWith("[-1]", StringComparison.Ordinal);
            var name = takesLast ? step[..^4] : step;
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }

            if (takesLast)
            {
                if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
                {
                    return null;
                }

                value = value[value.GetArrayLength() - 1];
            }
        }

        return value;
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""));
}
