using System.Text.Json;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>The endpoint parameters that follow from an operation and its input.</summary>
internal static class ContextParams
{
    public static IReadOnlyDictionary<string, object> Of(
        OperationModel operation, JsonElement input, IEnumerable<KeyValuePair<string, object>> ofClient, bool isCustomHost)
    {
        var parameters = new Dictionary<string, object>(ofClient, StringComparer.Ordinal);
        foreach (var (name, value) in operation.StaticContextParams)
        {
            parameters[name] = value;
        }

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

        if (operation.Service.Name == "s3")
        {
            // With the bucket in the path, any region can answer where a bucket is.
            AddS3(input, isCustomHost || operation.Name == "GetBucketLocation", parameters);
        }

        return parameters;
    }

    private static void AddS3(JsonElement input, bool isPathStyle, Dictionary<string, object> parameters)
    {
        if (InputValue.TryGet(input, "Bucket", out var bucket))
        {
            parameters["Bucket"] = bucket.GetString() ?? "";
        }

        // An emulator's host name cannot have a bucket in front of it.
        if (isPathStyle)
        {
            parameters["ForcePathStyle"] = true;
        }
    }
}
