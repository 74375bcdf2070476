namespace Remediator.Playbooks;

/// <summary>IAM's patterns of actions: * stands for any text and ? for one character.</summary>
internal static class GlobPattern
{
    /// <summary>
    /// Whether some action matches both patterns, without regard to case. Each pair of positions in the two patterns is examined
    /// once, so the cost is limited by the patterns' lengths.
    /// </summary>
    public static bool Overlap(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        // For the rest of a from the current position, and the rest of b from each of its positions: does some text match both?
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
