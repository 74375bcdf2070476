using System.Text.Json;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Aws.Models;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Runs the calls of cases through the whole client, down to the HTTP handler.</summary>
internal static class CaseClient
{
    public const string Token = "00000000-0000-4000-8000-000000000000";

    public static readonly SessionAWSCredentials Credentials = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "session");

    public static async Task<JsonElement> CallAsync(OperationModel operation, JsonElement input, AwsClientOptions options, string region)
    {
        using var client = new AwsClient(Credentials, region, options with { MaxAttempts = 1, Models = _ => operation.Service });
        return await client.CallAsync(operation.FullName, input, CancellationToken.None);
    }
}
