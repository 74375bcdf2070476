namespace Remediator.Cli.Output;

/// <summary>Aligns cells by spaces: what a pipe can cut and a person can read.</summary>
internal static class Columns
{
    public static IEnumerable<string> Align(IReadOnlyCollection<IReadOnlyList<string>> rows)
    {
        var widths = Enumerable.Range(0, rows.Max(r => r.Count)).Select(i => rows.Max(r => i < r.Count ? r[i].Length : 0)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }
}
