namespace Remediator.Playbooks;

/// <summary>IAM's patterns of actions, in which * stands for any text and ? for one character.</summary>
internal static class GlobPattern
{
    /// <summary>Whether there is any action that both patterns match, without regard to case.</summary>
    public static bool Overlap(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return a.Trim('*').IsEmpty && b.Trim('*').IsEmpty;
        }

        if (a[0] is '*')
        {
            return Overlap(a[1..], b) || Overlap(a, b[1..]);
        }

        if (b[0] is '*')
        {
            return Overlap(b, a);
        }

        return IsSame(a[0], b[0]) && Overlap(a[1..], b[1..]);
    }

    private static bool IsSame(char a, char b) => a is '?' || b is '?' || char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
