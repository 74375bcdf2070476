using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Aws.Endpoints;
using Remediator.Aws.Models;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>A real operation: its parameters, the exact request and, for some, a response with its expected result.</summary>
internal static class SampleOperation
{
    public static async Task<string?> RunAsync(JsonElement sample, OperationModel operation, string token)
    {
        var wire = new CannedWire(Answers(sample));
        using var client = new AwsClient(
            CaseClient.Credentials,
            sample.GetProperty("region").GetString()!,
            Options(sample, wire, token) with
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
                ? JsonComparison.Difference(
                    OutputCase.Bare(CaseValues.ToOutput(expected, operation.Output), operation), OutputCase.Bare(output, operation))
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

        if (fault.Status != parsed.GetProperty("http_status").GetInt32()
            || fault.RequestId != (parsed.GetProperty("request_id").GetString() ?? ""))
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

        return expected.Zip(wire.Sent).Select(pair => SampleRequest.Difference(pair.First, pair.Second))
            .FirstOrDefault(difference => difference is not null);
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
        var config = sample.TryGetProperty("config", out var given) ? given : JsonElement.Parse("{}");
        var endpoints = AwsEndpointSettings.FromEnvironment(name => variables.GetValueOrDefault(name));
        return new AwsClientOptions
        {
            HttpHandler = wire,
            NewToken = () => token,
            MaxAttempts = 1,
            PrefixesCustomHosts = true,
            Endpoints = endpoints with
            {
                UseFips = endpoints.UseFips || IsSet(config, "use_fips_endpoint"),
                UseDualStack = endpoints.UseDualStack || IsSet(config, "use_dualstack_endpoint"),
            },
            ClientContextParams = config.TryGetProperty("s3", out var s3) ? S3Settings(s3) : ImmutableDictionary<string, object>.Empty,
            EndpointResolver = EndpointCarried(sample) ? null : AsExpected(sample),
        };
    }

    private static ImmutableDictionary<string, object> S3Settings(JsonElement s3)
    {
        var settings = ImmutableDictionary<string, object>.Empty;
        settings = s3.TryGetProperty("addressing_style", out var style)
            && style.GetString() == "path" ? settings.Add("ForcePathStyle", true) : settings;
        return IsSet(s3, "use_accelerate_endpoint") ? settings.Add("Accelerate", true) : settings;
    }

    private static bool IsSet(JsonElement config, string name) =>
        config.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;

    private static bool EndpointCarried(JsonElement sample) => EndpointResolver.Carries(sample.GetProperty("service").GetString()!);

    // A service without a model has no endpoint rules either; everything else is tested.
    private static FixedEndpoint AsExpected(JsonElement sample)
    {
        var request = sample.GetProperty("request");
        var signing = request.GetProperty("signing");
        var region = signing.ValueKind == JsonValueKind.Object
            ? signing.GetProperty("region").GetString()!
            : sample.GetProperty("region").GetString()!;
        return new FixedEndpoint(new Uri($"https://{request.GetProperty("host").GetString()}"), region);
    }
}
