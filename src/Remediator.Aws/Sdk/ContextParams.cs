using System.Text.Json;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>The endpoint parameters that an operation and its input give.</summary>
internal static class ContextParams
{
    public static IReadOnlyDictionary<string, object> Of(OperationModel operation, JsonElement input, bool pathStyle)
    {
        var parameters = new Dictionary<string, object>(operation.StaticContextParams, StringComparer.Ordinal);
        foreach (var member in operation.Input?.ContextMembers ?? [])
        {
            if (InputValue.TryGet(input, member.Name, out var value))
            {
                parameters[member.Reference.ContextParam!] = value.ValueKind switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    _ => value.ToString(),
                };
            }
        }

        foreach (var (name, path) in operation.OperationContextParams)
        {
            if (InputPaths.Value(input, path) is { } value)
            {
                parameters[name] = value;
            }
        }

        if (pathStyle && operation.Service.Name == "s3")
        {
            parameters["ForcePathStyle"] = true;
        }

        return parameters;
    }
}
