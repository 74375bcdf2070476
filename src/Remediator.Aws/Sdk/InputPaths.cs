using System.Text.Json;

namespace Remediator.Aws.Sdk;

/// <summary>
/// Evaluates the paths by which models take endpoint parameters from an input: <c>A.B</c>, <c>A[*].B</c>, <c>keys(A)</c>
/// and <c>A[*].[B.C, D.E][]</c>.
/// </summary>
internal static class InputPaths
{
    /// <summary>A string for a path to one value, an array of strings for a path to many; null if there is nothing.</summary>
    public static object? Value(JsonElement input, string path)
    {
        var texts = Texts(input, path);
        var isMany = path.AsSpan().ContainsAny('[', '(');
        return isMany ? texts : texts.FirstOrDefault();
    }

    private static string[] Texts(JsonElement input, string path)
    {
        if (path.StartsWith("keys(", StringComparison.Ordinal) && path.EndsWith(')'))
        {
            return [.. Follow([input], path[5..^1]).SelectMany(item => item.EnumerateObject()).Select(entry => entry.Name)];
        }

        var choice = path.IndexOf(".[", StringComparison.Ordinal);
        var items = choice < 0
            ? Follow([input], path)
            : path[(choice + 2)..path.IndexOf(']', choice)].Split(',', StringSplitOptions.TrimEntries)
                .SelectMany(branch => Follow(Follow([input], path[..choice]), branch));
        return [.. items.Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString() ?? "")];
    }

    private static IEnumerable<JsonElement> Follow(IEnumerable<JsonElement> from, string path)
    {
        foreach (var step in path.Split('.'))
        {
            var spreads = step.EndsWith("[*]", StringComparison.Ordinal);
            var name = spreads ? step[..^3] : step;
            from = from.Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out _))
                .Select(item => item.GetProperty(name));
            if (spreads)
            {
                from = from.Where(item => item.ValueKind == JsonValueKind.Array).SelectMany(item => item.EnumerateArray());
            }
        }

        return from;
    }
}
