using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>
/// Cases have blobs as plain text and timestamps as epoch seconds or in their wire format; the client's JSON has base64 and
/// ISO 8601. This converts the former into the latter, and drops members unknown to the model.
/// </summary>
internal static class CaseValues
{
    public static JsonElement ToInput(JsonElement value, Shape? shape) => Parse(Convert(value, shape, isInput: true));

    public static JsonElement ToOutput(JsonElement value, Shape? shape) => Parse(Convert(value, shape, isInput: false));

    private static JsonElement Parse(JsonNode? node) => JsonElement.Parse(node?.ToJsonString() ?? "null");

    private static JsonNode? Convert(JsonElement value, Shape? shape, bool isInput) => (value.ValueKind, shape?.Type) switch
    {
        (JsonValueKind.Null, _) => null,
        (JsonValueKind.Object, _) when value.TryGetProperty("$blob_base64", out var blob) => blob.GetString(),
        (JsonValueKind.Object, ShapeType.Structure) when !shape!.IsDocument => Structure(value, shape, isInput),
        (JsonValueKind.Object, ShapeType.Map) => Map(value, shape!, isInput),
        (JsonValueKind.Array, ShapeType.List) =>
            new JsonArray([.. value.EnumerateArray().Select(item => Convert(item, shape!.Element!.Shape, isInput))]),
        (JsonValueKind.String, ShapeType.Blob) => System.Convert.ToBase64String(Encoding.UTF8.GetBytes(value.GetString()!)),
        (_, ShapeType.Timestamp) when !isInput && Timestamps.TryRead(value, out var moment) => Timestamps.Iso(moment),
        _ => JsonNode.Parse(value.GetRawText()),
    };

    private static JsonObject Structure(JsonElement value, Shape shape, bool isInput)
    {
        var result = new JsonObject();
        foreach (var property in value.EnumerateObject())
        {
            if (shape.Members.TryGetValue(property.Name, out var member))
            {
                result[property.Name] = Convert(property.Value, member.Shape, isInput);
            }
            else if (!isInput)
            {
                result[property.Name] = JsonNode.Parse(property.Value.GetRawText());
            }
        }

        return result;
    }

    private static JsonObject Map(JsonElement value, Shape shape, bool isInput)
    {
        var result = new JsonObject();
        foreach (var entry in value.EnumerateObject())
        {
            result[entry.Name] = Convert(entry.Value, shape.Value!.Shape, isInput);
        }

        return result;
    }
}
