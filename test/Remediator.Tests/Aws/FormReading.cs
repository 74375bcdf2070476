using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Tests.Aws;

/// <summary>Reads a form of the query protocols as a service would.</summary>
internal sealed class FormReading
{
    private readonly SortedDictionary<string, string> pairs = new(StringComparer.Ordinal);
    private readonly bool isEc2;

    private FormReading(string form, bool isEc2)
    {
        this.isEc2 = isEc2;
        foreach (var pair in form.Split('&').Select(pair => pair.Split('=')))
        {
            pairs.Add(Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1]));
        }
    }

    public static JsonElement Read(ReadOnlySpan<byte> body, Shape shape, bool isEc2) =>
        JsonElement.Parse(new FormReading(Encoding.UTF8.GetString(body), isEc2).Structure("", shape).ToJsonString());

    private JsonObject Structure(string place, Shape shape)
    {
        var result = new JsonObject();
        foreach (var member in shape.Members.Values)
        {
            var wire = member.Traits.LocationName ?? member.Name;
            var name = place + (isEc2 ? char.ToUpperInvariant(wire[0]) + wire[1..] : wire);
            if (Value(name, member) is { } value)
            {
                result[member.Name] = value;
            }
        }

        return result;
    }

    private JsonNode? Value(string place, Member member)
    {
        var shape = member.Shape;
        return shape.Type switch
        {
            ShapeType.Structure => Has(place) ? Structure(place + ".", shape) : null,
            ShapeType.List => List(member.IsFlat || isEc2 ? place : $"{place}.{shape.Element!.Traits.LocationName ?? "member"}", shape),
            ShapeType.Map => Map(member.IsFlat ? place : $"{place}.entry", shape),
            _ => pairs.TryGetValue(place, out var text) ? Scalar(text, shape) : null,
        };
    }

    private JsonArray? List(string place, Shape shape)
    {
        var items = new JsonArray();
        for (var i = 1; Has($"{place}.{i}"); i++)
        {
            items.Add(Value($"{place}.{i}", shape.Element!));
        }

        return items.Count > 0 ? items : null;
    }

    private JsonObject? Map(string place, Shape shape)
    {
        var entries = new JsonObject();
        for (var i = 1; Has($"{place}.{i}"); i++)
        {
            entries[pairs[$"{place}.{i}.{shape.Key!.Traits.LocationName}"]] = Value(
                $"{place}.{i}.{shape.Value!.Traits.LocationName}", shape.Value);
        }

        return entries.Count > 0 ? entries : null;
    }

    private bool Has(string place) => pairs.Keys.Any(name => name == place || name.StartsWith(place + ".", StringComparison.Ordinal));

    private static JsonNode? Scalar(string text, Shape shape) => JsonNode.Parse(Output.Write(output =>
    {
        output.WritePropertyName("value");
        ScalarText.Read(text, shape, output);
    }).GetRawText())!["value"]!.DeepClone();
}
