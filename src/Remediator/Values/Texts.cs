namespace Remediator.Values;

internal static class Texts
{
    /// <summary>
    /// The text, or its beginning with an ellipsis if it is longer than the given number of characters. Surrogate pairs are not split.
    /// </summary>
    public static string Cut(this string text, int longest) => text.Length <= longest
        ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1), "…");
}
