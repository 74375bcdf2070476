namespace Remediator.Cli.Output;

/// <summary>Text in columns: what a pipe can cut and a person can read.</summary>
internal static class Columns
{
    public static IEnumerable<string> Align(IReadOnlyCollection<IReadOnlyList<string>> rows)
    {
        var widths = Enumerable.Range(0, rows.Max(r => r.Count)).Select(i => rows.Max(r => i < r.Count ? r[i].Length : 0)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }

    /// <summary>Lines of at most a width, broken at spaces; a word that is longer stays whole.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var rest = text;
        while (rest.Length > width && rest[..(width + 1)].LastIndexOf(' ') is var at && (at > 0 || (at = rest.IndexOf(' ')) > 0))
        {
            yield return rest[..at];
            rest = rest[(at + 1)..];
        }

        yield return rest;
    }
}
