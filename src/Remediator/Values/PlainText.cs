using System.Globalization;
using System.Text;

namespace Remediator.Values;

/// <summary>
/// Text from outside (names, annotations, errors of AWS) as it may stand in a message: nothing in it breaks a line, turns the direction of
/// writing, or hides.
/// </summary>
internal static class PlainText
{
    /// <summary>One line of at most so many characters.</summary>
    public static string Line(string? text, int longest)
    {
        var line = new StringBuilder();
        foreach (var rune in (text ?? "").ReplaceLineEndings(" ").EnumerateRunes())
        {
            _ = IsPrintable(rune) ? line.Append(rune) : line.Append('?');
        }

        return line.ToString().Trim().Cut(longest);
    }

    /// <summary>The same text, with a mark in the place of each lone half of a pair, which no encoding takes.</summary>
    public static string Whole(string text) => string.Concat(text.EnumerateRunes());

    public static bool IsPrintable(string text) => text.EnumerateRunes().All(IsPrintable);

    // A lone half of a pair reads as a replacement.
    public static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
