using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Aws.Models;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>A real operation: its parameters, the exact request and, for some, the response and what it reads as.</summary>
internal static class SampleOperation
{
    public static async Task<string?> RunAsync(JsonElement sample, OperationModel operation, string token)
    {
        var wire = new CannedWire(Answers(sample));
        using var client = new AwsClient(CaseClient.Credentials, sample.GetProperty("region").GetString()!, Options(sample, wire, token) with
        {
            Models = _ => operation.Service,
        });
        var input = CaseValues.ToInput(sample.GetProperty("params"), operation.Input);
        var result = await CallAsync(client, operation, input, sample);
        return Requests(sample, wire) ?? result;
    }

    private static async Task<string?> CallAsync(AwsClient client, OperationModel operation, JsonElement input, JsonElement sample)
    {
        var parsed = sample.TryGetProperty("parsed", out var given) ? given : JsonElement.Parse("{}");
        try
        {
            var output = await client.CallAsync(operation.FullName, input, CancellationToken.None);
            return parsed.TryGetProperty("result", out var expected)
                ? JsonComparison.Difference(CaseValues.ToOutput(expected, operation.Output), output)
                : null;
        }
        catch (AwsException fault)
        {
            return parsed.TryGetProperty("error", out var error) ? Error(error, parsed, fault)
                : parsed.ValueKind == JsonValueKind.Object && parsed.EnumerateObject().MoveNext() ? fault.ToString()
                : null;
        }
    }

    private static string? Error(JsonElement expected, JsonElement parsed, AwsException fault)
    {
        var error = expected.GetProperty("Error");
        if (fault.Code != error.GetProperty("Code").GetString() || fault.ServiceMessage != error.GetProperty("Message").GetString())
        {
            return $"expected {error.GetRawText()}, is {fault.Code}: {fault.ServiceMessage}";
        }

        if (fault.Status != parsed.GetProperty("http_status").GetInt32() || fault.RequestId != (parsed.GetProperty("request_id").GetString() ?? ""))
        {
            return $"expected {parsed.GetRawText()}, is {fault.Status}, {fault.RequestId}";
        }

        var members = expected.EnumerateObject().Where(member => member.Name != "Error");
        return members.Select(member => fault.Members.TryGetProperty(member.Name, out var actual)
            ? JsonComparison.Difference(member.Value, actual, member.Name)
            : $"{member.Name} is missing in {fault.Members.GetRawText()}").FirstOrDefault(difference => difference is not null);
    }

    private static string? Requests(JsonElement sample, CannedWire wire)
    {
        var expected = new List<JsonElement> { sample.GetProperty("request") };
        if (sample.TryGetProperty("further_requests", out var further))
        {
            expected.AddRange(further.EnumerateArray());
            if (wire.Sent.Count != expected.Count)
            {
                return $"{wire.Sent.Count} requests, not {expected.Count}";
            }
        }

        return expected.Zip(wire.Sent).Select(pair => SampleRequest.Difference(pair.First, pair.Second)).FirstOrDefault(difference => difference is not null);
    }

    private static CannedAnswer[] Answers(JsonElement sample) =>
        sample.TryGetProperty("responses", out var many) ? [.. many.EnumerateArray().Select(OutputCase.Answer)]
        : sample.TryGetProperty("response", out var one) ? [OutputCase.Answer(one)]
        : [CannedAnswer.Empty];

    private static AwsClientOptions Options(JsonElement sample, CannedWire wire, string token)
    {
        var variables = sample.TryGetProperty("env", out var env)
            ? env.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString())
            : [];
        var isPathStyle = sample.TryGetProperty("config", out var config) && config.TryGetProperty("s3", out var s3)
            && s3.TryGetProperty("addressing_style", out var style) && style.GetString() == "path";
        return new AwsClientOptions
        {
            HttpHandler = wire,
            NewToken = () => token,
            MaxAttempts = 1,
            PrefixesCustomHosts = true,
            Endpoints = AwsEndpointSettings.FromEnvironment(name => variables.GetValueOrDefault(name)),
            ClientContextParams = isPathStyle
                ? ImmutableDictionary<string, object>.Empty.Add("ForcePathStyle", true)
                : ImmutableDictionary<string, object>.Empty,
        };
    }
}
