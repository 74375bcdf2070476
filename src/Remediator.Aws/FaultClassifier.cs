using System.Collections.Frozen;

namespace Remediator.Aws;

/// <summary>
/// Sorts errors as AWS documents it for the standard retry mode, with the codes that single services add.
/// </summary>
/// <remarks>
/// | error                                              | fault      |
/// |----------------------------------------------------|------------|
/// | the clock's codes                                  | ClockSkew  |
/// | a throttling code, or status 429                   | Throttling |
/// | a time-out code, or status 500, 502, 503 or 504    | Transient  |
/// | anything else                                      | Permanent  |
/// </remarks>
internal static class FaultClassifier
{
    private static readonly FrozenSet<string> ThrottlingCodes = new[]
    {
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "TooManyRequestsException",
        "ProvisionedThroughputExceededException", "TransactionInProgressException", "RequestLimitExceeded", "BandwidthLimitExceeded",
        "LimitExceededException", "RequestThrottled", "SlowDown", "PriorRequestNotComplete", "EC2ThrottledException",
        "Throttled", "TooManyRequests", "ConcurrentRequestLimitExceeded",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> TransientCodes = new[]
    {
        "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure", "ServiceUnavailable",
        "ServiceUnavailableException", "InternalServerError", "InternalServerException", "InternalServiceError", "IDPCommunicationError",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> ClockCodes = new[]
    {
        "RequestTimeTooSkewed", "RequestExpired", "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure",
        "RequestInTheFuture",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static AwsFault Classify(string code, int status, bool clockDiffers = false)
    {
        if (ThrottlingCodes.Contains(code) || code.StartsWith("Throttling", StringComparison.OrdinalIgnoreCase) || status == 429)
        {
            return AwsFault.Throttling;
        }

        if (code is "RequestTimeTooSkewed" or "RequestInTheFuture" or "RequestExpired" || (clockDiffers && ClockCodes.Contains(code)))
        {
            return AwsFault.ClockSkew;
        }

        return status is 500 or 502 or 503 or 504 || TransientCodes.Contains(code) ? AwsFault.Transient : AwsFault.Permanent;
    }
}
