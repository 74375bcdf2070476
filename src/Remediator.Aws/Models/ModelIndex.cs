using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>The positions of a model's parts in its text.</summary>
internal sealed class ModelIndex
{
    private readonly ReadOnlyMemory<byte> text;

    private ModelIndex(ReadOnlyMemory<byte> text) => this.text = text;

    public JsonElement Metadata { get; private set; }

    public Dictionary<string, Range> Operations { get; private set; } = [];

    public Dictionary<string, Range> Shapes { get; private set; } = [];

    public Dictionary<string, Range> Paginators { get; private set; } = [];

    public ReadOnlyMemory<byte> Text(Range place) => text[place];

    public static ModelIndex Read(ReadOnlyMemory<byte> text)
    {
        var index = new ModelIndex(text);
        var reader = new Utf8JsonReader(text.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var section = reader.GetString();
            reader.Read();
            index.ReadSection(section, ref reader);
        }

        return index;
    }

    private void ReadSection(string? section, ref Utf8JsonReader reader)
    {
        switch (section)
        {
            case "metadata":
                Metadata = JsonElement.ParseValue(ref reader);
                break;
            case "operations":
                Operations = ReadPlaces(ref reader);
                break;
            case "shapes":
                Shapes = ReadPlaces(ref reader);
                break;
            case "pagination":
                Paginators = ReadPlaces(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static Dictionary<string, Range> ReadPlaces(ref Utf8JsonReader reader)
    {
        var places = new Dictionary<string, Range>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString() ?? "";
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            places[name] = start..(int)reader.BytesConsumed;
        }

        return places;
    }
}
