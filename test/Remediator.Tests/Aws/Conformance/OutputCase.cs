using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Given a response, expect a result or an error.</summary>
internal static class OutputCase
{
    public static async Task<string?> RunAsync(JsonElement testCase)
    {
        // Output cases skip what only a request needs: some have required members that no case gives.
        var operation = CaseModels.Read(testCase);
        var given = testCase.GetProperty("given").GetProperty("response");
        var wire = new CannedWire(Answer(given));
        var options = new AwsClientOptions
        {
            HttpHandler = wire,
            EndpointResolver = new FixedEndpoint(new Uri("https://example.com"), "us-east-1"),
        };
        var expect = testCase.GetProperty("expect");
        try
        {
            var result = await CaseClient.CallAsync(operation, SampleInput.For(operation), options, "us-east-1");
            return expect.TryGetProperty("result", out var expected)
                ? JsonComparison.Difference(Bare(CaseValues.ToOutput(expected, operation.Output), operation), Bare(result, operation))
                : $"expected an error, is {result.GetRawText()}";
        }
        catch (AwsException fault)
        {
            return expect.TryGetProperty("error", out var error) ? ErrorComparison.Difference(error, fault, operation) : $"failed: {fault}";
        }
    }

    // An empty payload may be absent, null, or empty.
    public static JsonElement Bare(JsonElement output, OperationModel operation)
    {
        var isEmpty =
            operation.Output?.Payload is { } payload
            && output.TryGetProperty(payload, out var value)
            && value.GetRawText() is "\"\"" or "{}" or "null";
        var members = output.EnumerateObject().Where(member => !(isEmpty && member.Name == operation.Output!.Payload));
        return isEmpty
            ? JsonElement.Parse(
                new JsonObject(
                    members.Select(member => KeyValuePair.Create(member.Name, JsonNode.Parse(member.Value.GetRawText())))
                ).ToJsonString())
            : output;
    }

    public static CannedAnswer Answer(JsonElement response)
    {
        var headers = response.GetProperty("headers").EnumerateObject().ToDictionary(
            header => header.Name, header => header.Value.GetString()!);
        var status = response.TryGetProperty("status_code", out var code) ? code : response.GetProperty("status");
        return new CannedAnswer(status.GetInt32(), headers, Encoding.UTF8.GetBytes(response.GetProperty("body").GetString()!));
    }
}
