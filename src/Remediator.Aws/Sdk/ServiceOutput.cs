using System.Text.Json;
using Amazon.Runtime;

namespace Remediator.Aws.Sdk;

/// <summary>The output of a call. The SDK requires a parameterless constructor.</summary>
internal sealed class ServiceOutput : AmazonWebServiceResponse
{
    public JsonElement Value { get; init; }

    /// <summary>Why there is no value; null if there is one.</summary>
    public Exception? Fault { get; init; }
}
