using System.Text.Json;
using Amazon.Runtime;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>One call in the SDK's pipeline, with what happened to it there.</summary>
internal sealed class ServiceCall(OperationModel operation, JsonElement input, string region, AWSCredentials keys, TokenSource tokens)
    : AmazonWebServiceRequest
{
    public OperationModel Operation { get; } = operation;

    public JsonElement Input { get; } = input;

    public string Region { get; } = region;

    /// <summary>What it is signed with.</summary>
    public AWSCredentials Keys { get; } = keys;

    public TokenSource Tokens { get; } = tokens;

    public int Attempts { get; set; } = 1;

    public TimeSpan Backoff { get; set; }
}
