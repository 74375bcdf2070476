using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws.Models;

namespace Remediator.Aws.Customisations;

/// <summary>IAM returns policy documents as URL-encoded text; here they are given as JSON, as the AWS CLI shows them.</summary>
internal static class IamPolicies
{
    private const string PolicyShape = "policyDocumentType";

    public static bool MayBeIn(OperationModel operation) =>
        operation.Output is not null
        && (operation.Name.StartsWith("Get", StringComparison.Ordinal) || operation.Name.StartsWith("List", StringComparison.Ordinal)
        || operation.Name.StartsWith("Create", StringComparison.Ordinal));

    public static void Decode(JsonNode? node, Shape shape)
    {
        switch (node)
        {
            case JsonObject structure when shape.Type == ShapeType.Structure:
                DecodeMembers(structure, shape);
                break;
            case JsonArray list when shape.Element is { } element:
                foreach (var item in list)
                {
                    Decode(item, element.Shape);
                }

                break;
            default:
                break;
        }
    }

    private static void DecodeMembers(JsonObject structure, Shape shape)
    {
        foreach (var (name, value) in structure.ToArray())
        {
            var target = shape.Members[name].Shape;
            if (target.Name == PolicyShape && value is JsonValue text)
            {
                structure[name] = Parse(text.GetValue<string>());
            }
            else
            {
                Decode(value, target);
            }
        }
    }

    private static JsonNode? Parse(string escaped)
    {
        var text = Uri.UnescapeDataString(escaped.Replace('+', ' '));
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Not a policy document: returned unchanged.
            return JsonValue.Create(text);
        }
    }
}
