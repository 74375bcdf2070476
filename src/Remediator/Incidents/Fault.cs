using Remediator.Authoring.Permissions;
using Remediator.Aws;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator.Incidents;

/// <summary>An exception as the pipeline takes it: why it stops, and whether trying again later can help.</summary>
internal sealed record Fault(Reason Reason, string Detail, bool IsPassing)
{
    private static readonly HashSet<string> Denied = new(StringComparer.Ordinal)
    {
        "AccessDenied", "AccessDeniedException", "AccessDeniedFault", "AuthFailure", "AuthorizationError", "AuthorizationErrorException",
        "UnauthorizedOperation", "UnauthorizedAccess", "NotAuthorized", "NotAuthorizedException", "KMSAccessDeniedException", "InsufficientPrivilegesException", "ForbiddenException",
        // An answer in another form than the service's own, of which only the status is known.
        "403",
    };

    /// <summary>AWS does not know the credentials, which were good elsewhere: no permission is missing.</summary>
    private static readonly HashSet<string> Unknown = new(StringComparer.Ordinal)
    {
        "UnrecognizedClientException", "InvalidClientTokenId", "InvalidToken", "OptInRequired", "RegionDisabledException", "SubscriptionRequiredException",
    };

    /// <summary>The resource is at something else: later, not never.</summary>
    private static readonly HashSet<string> Busy = new(StringComparer.Ordinal)
    {
        "InvalidDBInstanceState", "InvalidDBInstanceStateFault", "InvalidDBClusterStateFault", "InvalidClusterState", "InvalidClusterStateFault",
        "ResourceInUseException", "ResourceInUse", "ResourceConflictException", "OperationAborted", "OperationAbortedException",
        "ConcurrentModification", "ConcurrentModificationException", "ConflictException", "IncorrectState", "IncorrectInstanceState",
        "InvalidInstanceState", "InvalidVolume.ZombieVolume", "TooManyUpdates", "PriorRequestNotComplete", "UpdateInProgressException",
        "InvalidCacheClusterState", "InvalidReplicationGroupState", "InvalidState", "PreconditionFailed", "WAFOptimisticLockException",
        "ResourceUpdateInProgress", "InvalidFileSystemLifeCycleState", "IncorrectFileSystemLifeCycleState", "ScalingActivityInProgress",
    };

    public static Fault? Of(Exception e) => e switch
    {
        AwsException aws when Denied.Contains(aws.Code) => new(Reason.NotPermitted, $"{aws.Operation} was refused ({aws.Code}): {aws.ServiceMessage}{Needed(aws.Operation)}", false),
        AwsException { Code: AccountAccess.NoRole } aws => new(Reason.NotConfigured, aws.ServiceMessage, false),
        AwsException aws when Unknown.Contains(aws.Code) => new(Reason.NotConfigured, NotTurnedOn(aws), false),
        AwsException aws when Busy.Contains(aws.Code) => new(Reason.ThrottledOut, $"{aws.Operation}: the resource is busy ({aws.Code})", true),
        AwsException { Fault: not AwsFault.Permanent } aws =>
            new(Reason.ThrottledOut, $"{aws.Operation}: {aws.Code} after {aws.Attempts} attempts", true),
        AwsException aws => new(Reason.Failed, $"{aws.Operation}: {aws.Code}: {aws.ServiceMessage}", false),
        AwsInputException input => new(Reason.Failed, input.Message, false),
        ExpressionException or MissingValueException => new(Reason.NotConfigured, e.Message, false),
        InvalidFileException file => new(Reason.NotConfigured, file.Message, false),
        IncidentTooLargeException large => new(Reason.Failed, large.Message, false),
        FileNotFoundException file => new(Reason.NotConfigured, $"There is no {Path.GetFileName(file.FileName)}.", false),
        _ => null,
    };

    private static string NotTurnedOn(AwsException aws) =>
        $"{aws.Operation}: AWS does not take the service's credentials there ({aws.Code}: {aws.ServiceMessage}). No permission is missing: the region, or the service, "
        + "is not turned on in that account. Turn it on, or exempt what is there.";

    // Some services refuse without a word about which permission was missing, and its name may differ from the operation's.
    private static string Needed(string operation) => Actions.Of(operation) is { IsEmpty: false } actions
        ? $" It needs {string.Join(", ", actions.Select(a => a.Action))}."
        : "";
}
