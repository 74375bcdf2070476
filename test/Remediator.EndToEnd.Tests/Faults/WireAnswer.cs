using System.Net;
using System.Text;
using Remediator.Aws;
using Remediator.Aws.Models;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>A response by the proxy itself, in the protocol of the call.</summary>
internal sealed record WireAnswer(int Status, string ContentType, byte[] Body, string? ErrorType = null)
{
    /// <summary>The error as a service with that protocol sends it.</summary>
    public static WireAnswer Error(WireCall call, FaultKind kind)
    {
        var (code, status) = CodeOf(call, kind);
        return Error(call, code, status);
    }

    public static WireAnswer Error(WireCall call, string code, int status) =>
        call.Protocol switch
        {
            WireProtocol.AwsJson => Json(status, $$"""{"__type":"{{code}}","message":"said by the proxy","Message":"said by the proxy"}"""),
            WireProtocol.RestJson => Json(status, """{"message":"said by the proxy"}""") with { ErrorType = code },
            WireProtocol.Ec2Query => Xml(
                status,
                $"<Response><Errors><Error><Code>{code}</Code><Message>said by the "
                + "proxy</Message></Error></Errors><RequestID>proxy</RequestID></Response>"
            ),
            WireProtocol.RestXml when call.Operation.StartsWith("s3:", StringComparison.Ordinal) => Xml(
                status, $"<Error><Code>{code}</Code><Message>said by the proxy</Message><RequestId>proxy</RequestId></Error>"),
            _ => Xml(
                status,
                $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>said by the "
                + "proxy</Message></Error><RequestId>proxy</RequestId></ErrorResponse>"
            ),
        };

    /// <summary>A success without content.</summary>
    public static WireAnswer Success(WireCall call) =>
        call.Protocol switch
        {
            WireProtocol.AwsJson or WireProtocol.RestJson => Json(200, "{}"),
            WireProtocol.Ec2Query => Xml(
                200, $"<{call.Name}Response><requestId>proxy</requestId><return>true</return></{call.Name}Response>"),
            WireProtocol.AwsQuery => Xml(
                200,
                $"<{call.Name}Response><{call.Name}Result></{call.Name}Result><ResponseMetadata><RequestId>proxy</RequestId>"
                + $"</ResponseMetadata></{call.Name}Response>"
            ),
            _ => Xml(200, ""),
        };

    /// <summary>The headers that the emulator would send.</summary>
    public HttpResponseMessage ToResponse() => new((HttpStatusCode)Status)
    {
        Content = new ByteArrayContent(Body) { Headers = { ContentType = new(ContentType) } },
    };

    public static WireAnswer Json(int status, string body) => new(status, "application/x-amz-json-1.1", Encoding.UTF8.GetBytes(body));

    private static WireAnswer Xml(int status, string body) => new(status, "text/xml", Encoding.UTF8.GetBytes(body));

    private static (string Code, int Status) CodeOf(WireCall call, FaultKind kind) => (call.Protocol, kind) switch
    {
        (WireProtocol.Ec2Query, FaultKind.Deny) => ("UnauthorizedOperation", 403),
        (WireProtocol.Ec2Query, FaultKind.Throttle) => ("RequestLimitExceeded", 503),
        (WireProtocol.AwsJson or WireProtocol.RestJson, FaultKind.Deny) => ("AccessDeniedException", 400),
        (WireProtocol.AwsJson or WireProtocol.RestJson, FaultKind.Throttle) => ("ThrottlingException", 400),
        (WireProtocol.RestXml, FaultKind.Throttle) => ("SlowDown", 503),
        (_, FaultKind.Deny) => ("AccessDenied", 403),
        (_, FaultKind.Throttle) => ("Throttling", 400),
        _ => ("InternalFailure", 500),
    };
}
