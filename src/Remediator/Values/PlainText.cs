using System.Globalization;
using System.Text;

namespace Remediator.Values;

/// <summary>
/// Text from outside (names, annotations, AWS error messages) made safe for messages: without line breaks, without characters that
/// change the direction of text, and without invisible ones.
/// </summary>
internal static class PlainText
{
    /// <summary>One line of at most the given number of characters.</summary>
    public static string Line(string? text, int longest)
    {
        var line = new StringBuilder();
        foreach (var rune in (text ?? "").ReplaceLineEndings(" ").EnumerateRunes())
        {
            _ = IsPrintable(rune) ? line.Append(rune) : line.Append('?');
        }

        return line.ToString().Trim().Cut(longest);
    }

    /// <summary>The text with a replacement character for each lone surrogate, which no encoding accepts.</summary>
    public static string Whole(string text) => string.Concat(text.EnumerateRunes());

    public static bool IsPrintable(string text) => text.EnumerateRunes().All(IsPrintable);

    // Enumeration gives the replacement character for a lone surrogate.
    public static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
