using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>Lays a model out as <see cref="ModelIndex"/> needs it.</summary>
internal static class ModelLayout
{
    private static readonly string[] Sections = ["operations", "shapes", "pagination"];

    public static byte[] Of(ReadOnlyMemory<byte> json)
    {
        using var model = JsonDocument.Parse(json);
        var root = model.RootElement;
        var metadata = $"{{\"metadata\":{Compact(root.GetProperty("metadata"))}";
        var sections = Sections.Where(s => root.TryGetProperty(s, out _)).Select(s => Section(s, root.GetProperty(s)));
        return Encoding.UTF8.GetBytes(string.Join(",\n", sections.Prepend(metadata)) + "}\n");
    }

    private static string Section(string name, JsonElement entries) =>
        $"\"{name}\":{{\n{string.Join(",\n", entries.EnumerateObject().Select(e => $"\"{e.Name}\":{Compact(e.Value)}"))}\n}}";

    private static string Compact(JsonElement value)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
