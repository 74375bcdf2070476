namespace Remediator.Values;

internal static class Texts
{
    /// <summary>
    /// The text, or its beginning with an ellipsis where it is longer than so many characters. No character is cut in two.
    /// </summary>
    public static string Cut(this string text, int longest) => text.Length <= longest
        ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1), "…");
}
