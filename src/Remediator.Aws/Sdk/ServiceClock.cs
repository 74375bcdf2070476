using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>
/// The time by which requests to a service are signed: this machine's, until the service finds it wrong and says its own.
/// </summary>
internal sealed class ServiceClock(TimeProvider clock)
{
    /// <summary>A smaller difference is not what the service minds: it accepts five minutes.</summary>
    private static readonly TimeSpan Accepted = TimeSpan.FromMinutes(4);

    private static readonly string[] Codes =
    [
        "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture", "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure",
    ];

    private long ahead;

    public DateTime Now => clock.GetUtcNow().UtcDateTime.AddTicks(Volatile.Read(ref ahead));

    /// <summary>Whether an error came of a wrong time, which is put right: the request may be signed again.</summary>
    /// <param name="signedAt">About the time by which the request was signed: another call may have put it right since.</param>
    public bool Corrects(Exception fault, DateTime signedAt)
    {
        if (fault is not AmazonServiceException { InnerException: HttpErrorResponseException { Response: var response } } refused
            || !Codes.Contains(refused.ErrorCode)
            || !Timestamps.TryRead(response.GetHeaderValue("Date"), out var theirs))
        {
            return false;
        }

        if ((theirs - signedAt).Duration() <= Accepted)
        {
            return false;
        }

        Volatile.Write(ref ahead, (theirs - clock.GetUtcNow().UtcDateTime).Ticks);
        return true;
    }
}
