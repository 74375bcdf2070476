using System.Text.Json;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change.LongCalls;

/// <summary>How something that a call began goes, as the answer to a look says it.</summary>
/// <param name="Status">In AWS's word.</param>
/// <param name="IsRunning">It has not ended.</param>
/// <param name="Failure">How it ended, where that was not well.</param>
internal sealed record Progress(string Status, bool IsRunning, LongFailure? Failure)
{
    private static readonly string[] Running =
    [
        "Pending",
        "InProgress",
        "Waiting",
        "PendingApproval",
        "Approved",
        "Scheduled",
        "RunbookInProgress",
        "PendingChangeCalendarOverride",
        "ChangeCalendarOverrideApproved",
        "Cancelling",
        "PENDING",
        "IN_PROGRESS",
        "CANCEL_IN_PROGRESS",
    ];

    private static readonly string[] Good = ["Success", "CompletedWithSuccess", "SUCCESS"];

    public static Progress Of(LongCall kind, JsonElement output) =>
        IsUpdate(kind)
            ? Of(output.Member("ProgressEvent").TextOf("OperationStatus") ?? "", status => Update(status, output.Member("ProgressEvent")))
            : Of(output.Member("AutomationExecution").TextOf("AutomationExecutionStatus") ?? "", status =>
                Runbook(status, output.Member("AutomationExecution")));

    /// <summary>By which it is looked at; null where the answer to the start has none.</summary>
    public static string? IdOf(LongCall kind, JsonElement answer) => IsUpdate(kind)
        ? answer.Member("ProgressEvent").TextOf("RequestToken")
        : answer.TextOf("AutomationExecutionId");

    /// <summary>What the call begins.</summary>
    public static string NameOf(LongCall kind, JsonElement input) => IsUpdate(kind)
        ? $"The update of the {input.TextOf("TypeName")}"
        : kind == LongCall.ChangeSet ? $"The change set of stack {input.TextOf("StackName")}"
        : input.TextOf("DocumentName") ?? "";

    private static bool IsUpdate(LongCall kind) => kind.Start == LongCall.Update.Start;

    private static Progress Of(string status, Func<string, LongFailure> failure)
    {
        var isRunning = Running.Contains(status);
        return new(status, isRunning, isRunning || Good.Contains(status) ? null : failure(status));
    }

    /// <summary>The code is that of the type's handler: it says whether waiting helps.</summary>
    private static LongFailure Update(string status, JsonElement progress) =>
        new(progress.TextOf("ErrorCode") ?? status, status, progress.TextOf("StatusMessage") ?? "");

    /// <summary>Steps that clean up may come after the one that failed, and those that may fail before it.</summary>
    private static LongFailure Runbook(string status, JsonElement execution)
    {
        var failed = execution.Member("StepExecutions") is { ValueKind: JsonValueKind.Array } steps
            ? steps.EnumerateArray().Where(s => s.TextOf("StepStatus") is "Failed" or "TimedOut" or "Cancelled").LastOrDefault()
            : default;
        var step = failed.IsObject() ? $" at step {failed.TextOf("StepName")} ({failed.TextOf("Action")})" : "";
        return new("RunbookFailed", $"{status}{step}", execution.TextOf("FailureMessage") ?? "");
    }
}

/// <param name="Code">As the table of errors takes it.</param>
/// <param name="How">The status, and where.</param>
/// <param name="Message">What AWS says.</param>
internal sealed record LongFailure(string Code, string How, string Message);
