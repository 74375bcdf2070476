namespace Remediator.Authoring.Catalog;

/// <summary>A file with a generated part between two markers.</summary>
internal static class MarkedText
{
    /// <summary>The text with new lines between the markers; null if it has no markers.</summary>
    public static string? Replace(string text, string begin, string end, Func<string, string> make)
    {
        var start = text.IndexOf(begin, StringComparison.Ordinal);
        var stop = start < 0 ? -1 : text.IndexOf(end, start, StringComparison.Ordinal);
        if (stop < 0)
        {
            return null;
        }

        var from = text.IndexOf('\n', start) + 1;
        var to = text.LastIndexOf('\n', stop) + 1;
        return string.Concat(text.AsSpan(0, from), make(text[from..to]), text.AsSpan(to));
    }
}
