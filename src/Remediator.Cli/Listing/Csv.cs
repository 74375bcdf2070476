using Remediator.Values;

namespace Remediator.Cli.Listing;

/// <summary>Comma-separated values (RFC 4180).</summary>
internal static class Csv
{
    public static void Line(TextWriter to, IEnumerable<string> values) => to.Write($"{string.Join(',', values.Select(Field))}\r\n");

    /// <summary>
    /// Names come from whoever named things in AWS: none may be a formula to a spreadsheet, or a control sequence to a terminal.
    /// </summary>
    private static string Field(string value)
    {
        var text = PlainText.Line(value, 2000);
        text = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? $"'{text}" : text;
        return text.IndexOfAny(['"', ',', '\'']) >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
