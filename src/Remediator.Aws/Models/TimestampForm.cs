namespace Remediator.Aws.Models;

/// <summary>How a moment is written on the wire.</summary>
internal enum TimestampForm
{
    Iso8601,
    EpochSeconds,
    HttpDate,
}
