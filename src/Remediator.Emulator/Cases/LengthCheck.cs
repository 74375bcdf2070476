using System.Text.Json;
using Remediator.Authoring.Checks;
using Remediator.Aws;
using Remediator.Aws.Models;
using Remediator.Record;

namespace Remediator.Emulator.Cases;

/// <summary>
/// Rejects lengths and values outside the model's limits, as the service would: above all an empty text by which an undo tries to clear a
/// setting that cannot be cleared that way. The product leaves this check to AWS, whose limits may grow.
/// </summary>
internal static class LengthCheck
{
    public static void Run(OperationModel operation, JsonElement input)
    {
        if (operation.Input is { } shape)
        {
            Check(operation, shape, input, "");
        }
    }

    private static void Check(OperationModel operation, Shape shape, JsonElement value, string place)
    {
        if (Measure(value) is { } measure && (measure < shape.Min || measure > shape.Max))
        {
            throw new AwsInputException(operation.FullName, place, $"is {measure}, outside {shape.Min} to {shape.Max}.");
        }

        foreach (var (part, inside, name) in Parts(shape, value))
        {
            Check(operation, part.Shape, inside, $"{place}/{name}");
        }
    }

    private static double? Measure(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Length,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => value.GetArrayLength(),
        _ => null,
    };

    private static IEnumerable<(Member Part, JsonElement Value, string Name)> Parts(Shape shape, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array when shape.Element is { } element => value.EnumerateArray().Select((item, i) => (element, item, $"{i}")),
            JsonValueKind.Object when shape.Value is { } each => value.EnumerateObject().Select(p => (each, p.Value, p.Name)),
            JsonValueKind.Object when shape.Members.Count > 0 => from property in value.EnumerateObject()
                                                                 where shape.Members.ContainsKey(property.Name)
                                                                 select (shape.Members[property.Name], property.Value, property.Name),
            _ => [],
        };
}
