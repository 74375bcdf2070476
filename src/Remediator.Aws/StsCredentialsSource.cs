using System.Text.Json;
using Amazon.Runtime;
using Remediator.Aws.Protocols;

namespace Remediator.Aws;

/// <summary>Assumes roles through the regional STS endpoint, or through the endpoint in the settings.</summary>
public sealed class StsCredentialsSource(AWSCredentials own, string region, AwsClientOptions options) : ICredentialsSource, IDisposable
{
    private const string Operation = "sts:AssumeRole";
    private readonly AwsClient sts = new(own, region, options);

    public async Task<RoleCredentials> AssumeAsync(RoleRequest request, CancellationToken ct)
    {
        try
        {
            var answer = await sts.CallAsync(Operation, Input(request), ct);
            return ToCredentials(answer.GetProperty("Credentials"));
        }
        catch (AwsException fault)
        {
            var message = $"{request.RoleArn}: {fault.ServiceMessage}";
            throw new AwsException(Operation, fault.Code, fault.Status, fault.RequestId, message, fault)
            {
                Fault = fault.Fault,
                Attempts = fault.Attempts,
                Backoff = fault.Backoff,
            };
        }
    }

    public void Dispose() => sts.Dispose();

    private static JsonElement Input(RoleRequest request)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("RoleArn"u8, request.RoleArn);
            json.WriteString("RoleSessionName"u8, request.Session.Name);
            WriteIfAny(json, "ExternalId", request.ExternalId);
            WriteIfAny(json, "Policy", request.Session.Policy);
            WriteIfAny(json, "SourceIdentity", request.Session.SourceIdentity);
            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static RoleCredentials ToCredentials(JsonElement given) => new(
        given.GetProperty("AccessKeyId").GetString()!,
        given.GetProperty("SecretAccessKey").GetString()!,
        given.GetProperty("SessionToken").GetString()!,
        given.TryGetProperty("Expiration", out var end) && Timestamps.TryRead(end, out var expires) ? expires : DateTimeOffset.MinValue);
}
