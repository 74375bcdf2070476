using Remediator.Aws;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Incidents;

/// <summary>An exception as the pipeline takes it: why it stops, and whether trying again later can help.</summary>
internal sealed record Fault(Reason Reason, string Detail, bool IsPassing)
{
    private const int LongestDetail = 2000;

    /// <summary>In words of AWS, which are as long as AWS likes.</summary>
    public string Detail { get; } = Detail.Cut(LongestDetail);

    public static Fault? Of(Exception e) => e switch
    {
        AwsException aws => Of(aws),
        AwsInputException input => new(Reason.Failed, input.Message, false),
        ExpressionException or MissingValueException or NotConfiguredException => new(Reason.NotConfigured, e.Message, false),
        InvalidFileException file => new(Reason.NotConfigured, file.Message, false),
        IncidentTooLargeException large => new(Reason.Failed, large.Message, false),
        FileNotFoundException file => new(Reason.NotConfigured, $"There is no {Path.GetFileName(file.FileName)}.", false),
        _ => null,
    };

    private static Fault Of(AwsException aws) => aws.Fault switch
    {
        AwsFault.Denied => new(Reason.NotPermitted, $"{aws.Operation} was refused ({aws.Code}): {aws.ServiceMessage}{Needed(aws)}", false),
        AwsFault.Busy => new(Reason.ThrottledOut, $"{aws.Operation}: the resource is busy ({aws.Code}): {aws.ServiceMessage}", true),
        AwsFault.Gone => new(Reason.NotFound, $"{aws.Operation}: {aws.Code}: {aws.ServiceMessage}", false),
        AwsFault.Permanent => new(Reason.Failed, $"{aws.Operation}: {aws.Code}: {aws.ServiceMessage}", false),
        _ => new(Reason.ThrottledOut, $"{aws.Operation}: {aws.Code} after {aws.Attempts} attempts", true),
    };

    // Some services refuse without a word about which permission was missing, and its name may differ from the operation's.
    // A key refuses by its own policy: the operation's actions would not help.
    private static string Needed(AwsException aws) =>
        !aws.Code.StartsWith("KMS", StringComparison.OrdinalIgnoreCase) && Actions.Of(aws.Operation) is { IsEmpty: false } actions
            ? $" It needs {string.Join(", ", actions.Select(a => a.Action))}."
            : "";
}
