namespace Remediator.Playbooks;

/// <summary>IAM's patterns of actions, in which * stands for any text and ? for one character.</summary>
internal static class GlobPattern
{
    /// <summary>
    /// Whether there is any action that both patterns match, without regard to case. Each pair of places in the two patterns is looked
    /// at once, so that a pattern from outside costs no more than its length.
    /// </summary>
    public static bool Overlap(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        // For the rest of a from the place at hand, and the rest of b from each of its places: is there a text that both match?
        var after = new bool[b.Length + 1];
        for (var i = a.Length; i >= 0; i--)
        {
            var here = new bool[b.Length + 1];
            for (var j = b.Length; j >= 0; j--)
            {
                here[j] = (Next(a, i), Next(b, j)) switch
                {
                    (null, null) => true,
                    ('*', null) => after[j],
                    (null, '*') => here[j + 1],
                    ('*', _) => after[j] || here[j + 1],
                    (_, '*') => here[j + 1] || after[j],
                    ({ } x, { } y) => IsSame(x, y) && after[j + 1],
                    _ => false,
                };
            }

            after = here;
        }

        return after[0];
    }

    private static char? Next(ReadOnlySpan<char> pattern, int at) => at < pattern.Length ? pattern[at] : null;

    private static bool IsSame(char a, char b) => a is '?' || b is '?' || char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
