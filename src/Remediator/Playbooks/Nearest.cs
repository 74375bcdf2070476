namespace Remediator.Playbooks;

/// <summary>Suggests the name that was probably meant.</summary>
internal static class Nearest
{
    /// <summary>" (did you mean 'x'?)", or nothing if no name is near.</summary>
    public static string Hint(string name, params ReadOnlySpan<string> names)
    {
        var best = "";
        var least = Math.Max(2, name.Length / 3) + 1;
        foreach (var other in names)
        {
            var distance = Distance(name, other);
            if (distance < least)
            {
                (best, least) = (other, distance);
            }
        }

        return best.Length > 0 ? $" (did you mean '{best}'?)" : "";
    }

    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + change);
            }

            previous = current;
        }

        return previous[^1];
    }
}
