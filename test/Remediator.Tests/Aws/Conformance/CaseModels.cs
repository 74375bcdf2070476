using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws.Models;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Makes a model from the content of a case: the service's metadata, one operation and its shapes.</summary>
internal static class CaseModels
{
    private static readonly Dictionary<string, string> ByServiceId =
        ModelCatalog.ServiceIds.GroupBy(entry => entry.Value).ToDictionary(
            group => group.Key, group => group.First().Key, StringComparer.Ordinal);

    public static OperationModel Read(JsonElement testCase)
    {
        var operation = testCase.GetProperty("operation");
        var name = operation.GetProperty("name").GetString()!;
        var model = new JsonObject
        {
            ["metadata"] = Node(testCase.GetProperty("service")),
            ["operations"] = new JsonObject { [name] = Node(operation) },
            ["shapes"] = Node(testCase.GetProperty("shapes")),
        };
        return ServiceModel.Read(NameOf(testCase), Encoding.UTF8.GetBytes(model.ToJsonString())).Operation(name)!;
    }

    private static string NameOf(JsonElement testCase)
    {
        if (testCase.TryGetProperty("service_name", out var name))
        {
            return name.GetString()!;
        }

        return testCase.GetProperty("service").TryGetProperty("serviceId", out var id)
            && ByServiceId.TryGetValue(id.GetString()!, out var known)
            ? known
            : "case";
    }

    private static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText());
}
