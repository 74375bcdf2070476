using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws.Models;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>The smallest input that the model allows.</summary>
internal static class SampleInput
{
    public static JsonElement For(OperationModel operation) =>
        JsonElement.Parse(operation.Input is { } shape ? Structure(shape).ToJsonString() : "{}");

    private static JsonObject Structure(Shape shape)
    {
        var result = new JsonObject();
        foreach (var name in shape.Required.Concat(shape.UriMembers.Select(member => member.Name)).Distinct())
        {
            result[name] = Value(shape.Members[name].Shape);
        }

        if (shape.IsUnion && result.Count == 0)
        {
            var first = shape.Members.Values.First();
            result[first.Name] = Value(first.Shape);
        }

        return result;
    }

    private static JsonNode Value(Shape shape) => shape.Type switch
    {
        ShapeType.Structure => Structure(shape),
        ShapeType.List => new JsonArray(),
        ShapeType.Map => new JsonObject(),
        ShapeType.Boolean => true,
        ShapeType.Integer or ShapeType.Long or ShapeType.Float or ShapeType.Double or ShapeType.Timestamp => 1,
        ShapeType.Blob => "eA==",
        _ => "x",
    };
}
