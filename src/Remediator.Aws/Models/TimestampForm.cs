namespace Remediator.Aws.Models;

/// <summary>The format of a timestamp on the wire.</summary>
internal enum TimestampForm
{
    Iso8601,
    EpochSeconds,
    HttpDate,
}
