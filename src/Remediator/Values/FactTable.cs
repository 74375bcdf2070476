using System.Text;
using Remediator.Aws;

namespace Remediator.Values;

/// <summary>A list of facts of which few are asked for: it is searched as it is.</summary>
internal sealed class FactTable(string name)
{
    private readonly ReadOnlyMemory<byte> text = EmbeddedText.Of(typeof(FactTable).Assembly, name);

    /// <summary>The lines, without comments.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            for (var rest = text; !rest.IsEmpty;)
            {
                var line = LineOf(rest);
                rest = rest[Math.Min(line.Length + 1, rest.Length)..];
                if (!line.IsEmpty && line.Span[0] is not (byte)'#')
                {
                    yield return Encoding.UTF8.GetString(line.Span);
                }
            }
        }
    }

    /// <summary>What follows a word at the beginning of a line; null where none begins with it. A list begins with a comment.</summary>
    public string? After(string word)
    {
        ReadOnlySpan<byte> start = [(byte)'\n', .. Encoding.UTF8.GetBytes(word), (byte)' '];
        var at = text.Span.IndexOf(start);
        return at < 0 ? null : Encoding.UTF8.GetString(LineOf(text[(at + start.Length)..]).Span);
    }

    private static ReadOnlyMemory<byte> LineOf(ReadOnlyMemory<byte> text) =>
        text.Span.IndexOf((byte)'\n') is >= 0 and var end ? text[..end] : text;
}
