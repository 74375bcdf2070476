using Amazon.Runtime;

namespace Remediator.Incidents;

/// <summary>An exception that nobody expected: a mistake in this program, or in a playbook's expression that no check found.</summary>
internal static class Defect
{
    public static bool Is(Exception e) => e is not (
        OperationCanceledException or LeaseLostException or ChangesStoppedException
        // The journal cannot be reached: the record, or the sweep, comes again.
        or AmazonClientException or HttpRequestException or IOException or TimeoutException
        or OutOfMemoryException) && Fault.Of(e) is null;
}
