using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Incidents;

/// <summary>An exception as the pipeline takes it: why it stops, and whether trying again later can help.</summary>
internal sealed record Fault(Reason Reason, string Detail, bool IsPassing)
{
    /// <summary>AWS does not know the credentials, which were good elsewhere: no permission is missing.</summary>
    private static readonly HashSet<string> Unknown = new(StringComparer.Ordinal)
    {
        "UnrecognizedClientException",
        "InvalidClientTokenId",
        "InvalidToken",
        "OptInRequired",
        "RegionDisabledException",
        "SubscriptionRequiredException",
    };

    /// <summary>How AWS says, under codes of many meanings, that something that a value names is not there.</summary>
    private static readonly string[] References =
    [
        "does not exist", "invalid principal", "not found", "cannot be found", "could not be found",
    ];

    private const int LongestDetail = 2000;

    /// <summary>In words of AWS, which are as long as AWS likes.</summary>
    public string Detail { get; } = Detail.Cut(LongestDetail);

    public static Fault? Of(Exception e) => e switch
    {
        AwsException { Code: AccountAccess.NoRole } aws => new(Reason.NotConfigured, aws.ServiceMessage, false),
        AwsException aws when Unknown.Contains(aws.Code) => new(Reason.NotConfigured, NotTurnedOn(aws), false),
        AwsException aws => Of(aws),
        AwsInputException input => new(Reason.Failed, input.Message, false),
        WrongResourceException => new(Reason.Guarded, e.Message, false),
        ExpressionException or MissingValueException or NotConfiguredException => new(Reason.NotConfigured, e.Message, false),
        InvalidFileException file => new(Reason.NotConfigured, Unreadable(file), false),
        NotReversibleException => new(Reason.Unsupported, e.Message, false),
        UndeclaredCallException or UnknownPlaybookException => new(Reason.Failed, e.Message, false),
        JournalBusyException busy => new(Reason.ThrottledOut, busy.Message, true),
        AmazonServiceException journal => Of(journal),
        IncidentTooLargeException large => new(Reason.Failed, large.Message, false),
        FileNotFoundException file =>
            new(Reason.NotConfigured, $"The policy names the playbook {Named(file.FileName)}, which this deployment does not have.", false),
        _ => null,
    };

    /// <summary>
    /// What is missing while a recorded value is put back is not the resource, which was read: it is what the value refers to.
    /// </summary>
    public Fault During(Incident incident) => incident is { State: IncidentState.Applying, Change.Recorded: not null } && !IsPassing
        && IsAboutReference
        ? this with { Reason = Reason.ReferenceGone }
        : this;

    private bool IsAboutReference => Reason is Reason.NotFound
        || (Reason is Reason.Failed && References.Any(words => Detail.Contains(words, StringComparison.OrdinalIgnoreCase)));

    private static string NotTurnedOn(AwsException aws) =>
        $"{aws.Operation}: AWS does not take the service's credentials there ({aws.Code}: {aws.ServiceMessage}). No permission is "
        + "missing: the region, or the service, "
        + "is not turned on in that account. Turn it on, or exempt what is there.";

    private static string Unreadable(InvalidFileException file) =>
        $"{(file.Problems is [var first, ..] ? $"The playbook {Path.ChangeExtension(first.At.File, null)}" : "The playbook")} cannot be "
        + "used as it is deployed: "
        + "'remediator lint' names what is wrong in it.";

    /// <summary>A playbook's name is the end of its file's path.</summary>
    private static string Named(string? file) => string.Join('/', (Path.ChangeExtension(file, null) ?? "").Split('/', '\\').TakeLast(2));

    private static Fault Of(AwsException aws) => aws.Fault switch
    {
        AwsFault.Denied => new(Reason.NotPermitted, $"{aws.Operation} was refused ({aws.Code}): {aws.ServiceMessage}{Needed(aws)}", false),
        AwsFault.Busy => new(Reason.ThrottledOut, $"{aws.Operation}: the resource is busy ({aws.Code}): {aws.ServiceMessage}", true),
        AwsFault.Gone => new(Reason.NotFound, $"{aws.Operation}: {aws.Code}: {aws.ServiceMessage}", false),
        AwsFault.Permanent => new(Reason.Failed, $"{aws.Operation}: {aws.Code}: {aws.ServiceMessage}", false),
        _ => new(Reason.ThrottledOut, $"{aws.Operation}: {aws.Code} after {aws.Attempts} attempts", true),
    };

    /// <summary>The journal alone is called through the SDK: what passes is no defect of this program; the rest is.</summary>
    private static Fault? Of(AmazonServiceException journal) =>
        journal.ErrorCode is not "TransactionCanceledException"
        && new AwsException("dynamodb", journal.ErrorCode ?? "Unknown", (int)journal.StatusCode, "", journal.Message).Fault
            is AwsFault.Throttling or AwsFault.Transient or AwsFault.Busy or AwsFault.ClockSkew
            ? new(Reason.ThrottledOut, $"The journal could not be written or read ({journal.ErrorCode}).", true)
            : null;

    // Some services refuse without a word about which permission was missing, and its name may differ from the operation's.
    // A key refuses by its own policy: the operation's actions would not help.
    private static string Needed(AwsException aws) =>
        !aws.Code.StartsWith("KMS", StringComparison.OrdinalIgnoreCase) && Actions.Of(aws.Operation) is { IsEmpty: false } actions
            ? $" It needs {string.Join(", ", actions.Select(a => a.Action))}."
            : "";
}
