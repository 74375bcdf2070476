using System.Text.Json;
using Remediator.Aws.Endpoints;

namespace Remediator.Tests.Aws.Endpoints;

/// <summary>One line of an endpoint case file: parameters, and the expected endpoint or error.</summary>
internal sealed record EndpointCase(string Id, string Service, JsonElement Params, JsonElement Expect)
{
    internal EndpointParameters Parameters
    {
        get
        {
            var parameters = new EndpointParameters();
            foreach (var given in Params.EnumerateObject())
            {
                parameters[given.Name] = Value(given.Value);
            }

            return parameters;
        }
    }

    internal static EndpointCase Of(JsonElement testCase) => new(
        testCase.GetProperty("id").GetString()!,
        testCase.GetProperty("service").GetString()!,
        testCase.GetProperty("params"),
        testCase.GetProperty("expect"));

    private static EndpointValue Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Array => value.EnumerateArray().Select(item => item.GetString()!).ToArray(),
        _ => throw new InvalidDataException($"A parameter of kind {value.ValueKind}."),
    };
}
