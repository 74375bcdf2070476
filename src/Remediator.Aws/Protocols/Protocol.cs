using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>A wire protocol: writes requests and reads responses.</summary>
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

    /// <summary>Writes an input that has passed the input check.</summary>
    public abstract WireRequest Write(OperationModel operation, JsonElement input, TokenSource tokens);

    /// <summary>Writes the output of a successful response as one JSON object.</summary>
    /// <exception cref="MalformedResponseException">The response does not fit the model.</exception>
    public abstract void Read(OperationModel operation, WireResponse response, Utf8JsonWriter output);

    /// <summary>Reads the response of a failed call, with any content.</summary>
    public abstract WireError ReadError(OperationModel operation, WireResponse response);
}
