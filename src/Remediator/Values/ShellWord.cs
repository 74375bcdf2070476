namespace Remediator.Values;

/// <summary>A value quoted as one word of a POSIX shell's command line.</summary>
internal static class ShellWord
{
    private const string Plain = "-_./:@%+,=";

    /// <summary>Null if it cannot be pasted: it contains characters that no terminal shows.</summary>
    public static string? Quote(string text) =>
        !PlainText.IsPrintable(text) ? null
        : text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal)) ? text
        : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
