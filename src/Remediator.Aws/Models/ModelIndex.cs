using System.Text;
using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>
/// Finds the parts of a model in its text, as <c>tools/trim-models</c> writes it: each operation, shape and paginator on a line of
/// its own. A call needs three of hundreds, so the text is searched rather than read.
/// </summary>
internal sealed class ModelIndex(ReadOnlyMemory<byte> text)
{
    private readonly ReadOnlyMemory<byte> operations = Section(text, "\"operations\":{\n"u8);
    private readonly ReadOnlyMemory<byte> shapes = Section(text, "\"shapes\":{\n"u8);
    private readonly ReadOnlyMemory<byte> paginators = Section(text, "\"pagination\":{\n"u8);

    public IReadOnlyCollection<string> Operations => field ??= Names(operations);

    public JsonDocument? Metadata() => Value(text, "{\"metadata\":"u8);

    public JsonDocument? Operation(string name) => Entry(operations, name);

    public JsonDocument? Shape(string name) => Entry(shapes, name);

    public JsonDocument? Paginator(string operation) => Entry(paginators, operation);

    /// <summary>The lines from the one after the heading to the brace that closes it.</summary>
    private static ReadOnlyMemory<byte> Section(ReadOnlyMemory<byte> text, ReadOnlySpan<byte> heading)
    {
        var start = text.Span.IndexOf(heading);
        if (start < 0)
        {
            return default;
        }

        // With the line end before the first entry, as it stands before all others.
        var section = text[(start + heading.Length - 1)..];
        return section[..section.Span.IndexOf("\n}"u8)];
    }

    private static JsonDocument? Entry(ReadOnlyMemory<byte> section, string name) =>
        Value(section, [(byte)'\n', (byte)'"', .. JsonEncodedText.Encode(name).EncodedUtf8Bytes, (byte)'"', (byte)':']);

    private static JsonDocument? Value(ReadOnlyMemory<byte> text, ReadOnlySpan<byte> key)
    {
        var start = text.Span.IndexOf(key);
        if (start < 0)
        {
            return null;
        }

        var value = text[(start + key.Length)..];
        var end = value.Span.IndexOf((byte)'\n');
        var line = end < 0 ? value : value[..end];
        return JsonDocument.Parse(line.Span[^1] is (byte)',' ? line[..^1] : line);
    }

    private static List<string> Names(ReadOnlyMemory<byte> section)
    {
        var names = new List<string>();
        for (var rest = section.Span; rest.IndexOf("\n\""u8) is >= 0 and var at;)
        {
            rest = rest[(at + 2)..];
            names.Add(Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]));
        }

        return names;
    }
}
