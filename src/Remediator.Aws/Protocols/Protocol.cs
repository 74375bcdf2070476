using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>One way of writing requests and reading responses.</summary>
internal abstract class Protocol
{
    public static Protocol Of(WireProtocol protocol) => protocol switch
    {
        WireProtocol.AwsJson => AwsJsonProtocol.Instance,
        WireProtocol.AwsQuery => QueryProtocol.Aws,
        WireProtocol.Ec2Query => QueryProtocol.Ec2,
        WireProtocol.RestJson => RestJsonProtocol.Instance,
        _ => RestXmlProtocol.Instance,
    };

    /// <summary>Writes an input that passed the input check.</summary>
    public abstract WireRequest Write(OperationModel operation, JsonElement input, TokenSource tokens);

    /// <summary>Writes the output of a successful response as one JSON object.</summary>
    /// <exception cref="MalformedResponseException">The response is not what the model says.</exception>
    public abstract void Read(OperationModel operation, WireResponse response, Utf8JsonWriter output);

    /// <summary>Reads the response of a failed call, whatever is in it.</summary>
    public abstract WireError ReadError(OperationModel operation, WireResponse response);
}
