using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change.Runbooks;

/// <summary>
/// Starts an SSM Automation runbook and waits for its end, a minute at most. One that takes longer is looked at again by whoever goes
/// on with the incident.
/// </summary>
/// <remarks>
/// The token that is journaled before the start makes the start happen once: a restarted worker that finds the same input under way
/// looks at its execution, or asks for the same one where the journal does not know it yet. The end of a run takes token and execution
/// away, so that the same input can be run again.
/// </remarks>
internal static class RunbookRun
{
    private static readonly WaitLimits Limits = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));

    private static readonly string[] Running =
        ["Pending", "InProgress", "Waiting", "PendingApproval", "Approved", "Scheduled", "RunbookInProgress", "PendingChangeCalendarOverride", "ChangeCalendarOverrideApproved", "Cancelling"];

    private static readonly string[] Good = ["Success", "CompletedWithSuccess"];

    /// <exception cref="AwsException">It did not start, or it ended otherwise than well.</exception>
    public static async Task RunAsync(IRun run, PlannedCall call, IAws aws, CancellationToken ct)
    {
        var execution = await StartAsync(run, call, aws, ct);
        var outcome = await Waiting.UntilAsync(wait => LookAsync(execution, aws, wait), o => !IsRunning(o), Limits, run.Clock, ct);
        var seen = outcome switch
        {
            WaitOutcome.Done(var output) => output,
            WaitOutcome.TimeUp(var last) => last,
            _ => null,
        };
        if (seen is { } looked)
        {
            await SeenAsync(run, looked, ct);
        }
    }

    /// <summary>Looks once at a run that was not seen to end.</summary>
    /// <exception cref="AwsException">It ended otherwise than well.</exception>
    public static async Task LookAsync(IRun run, IAws aws, CancellationToken ct)
    {
        if (run.Incident.Change?.Runbook is { Execution: { } execution })
        {
            await SeenAsync(run, await LookAsync(execution, aws, ct), ct);
        }
    }

    private static Task<JsonElement> LookAsync(string execution, IAws aws, CancellationToken ct) =>
        aws.CallAsync(Runbook.Look, Json.Object([new("AutomationExecutionId", Json.Text(execution))]), ct);

    private static async Task<string> StartAsync(IRun run, PlannedCall call, IAws aws, CancellationToken ct)
    {
        var runbook = await WrittenAheadAsync(run, call, ct);
        if (runbook.Execution is { } underway)
        {
            return underway;
        }

        var started = await aws.CallAsync(
            call.Operation, Merging.Merge(call.Input, Json.Object([new("ClientToken", Json.Text(runbook.Token))])), ct);
        var execution = started.TextOf("AutomationExecutionId") ?? throw new AwsException(
            call.Operation, "NoExecution", 200, "", "The answer names no execution.");
        await run.SaveAsync(Transitions.WithRunbook(run.Incident, runbook with { Execution = execution }), ct);
        return execution;
    }

    private static async Task<StartedRunbook> WrittenAheadAsync(IRun run, PlannedCall call, CancellationToken ct)
    {
        var input = call.Input.GetRawText();
        if (run.Incident.Change?.Runbook is { } underway && underway.Input == input)
        {
            return underway;
        }

        var (name, now) = (call.Input.TextOf("DocumentName") ?? "", run.Clock.GetUtcNow());
        var next = new StartedRunbook(name, input, Guid.CreateVersion7(now).ToString(), now);
        await run.SaveAsync(Transitions.WithRunbook(run.Incident.Noted(EntryKind.Runbook, $"starting runbook {name}", now), next), ct);
        return next;
    }

    private static async Task SeenAsync(IRun run, JsonElement output, CancellationToken ct)
    {
        if (run.Incident.Change?.Runbook is not { } runbook)
        {
            return;
        }

        var execution = output.Member("AutomationExecution");
        var status = StatusOf(execution);
        if (IsRunning(output))
        {
            await run.SaveAsync(Transitions.WithRunbook(run.Incident, runbook with { Status = status }), ct);
            return;
        }

        var ended = run.Incident.Noted(
            EntryKind.Runbook, $"runbook {runbook.Name}: {status}, execution {runbook.Execution}", run.Clock.GetUtcNow());
        await run.SaveAsync(Transitions.WithRunbook(ended, null), ct);
        if (!Good.Contains(status))
        {
            throw new AwsException(Runbook.Start, "RunbookFailed", 200, "", $"{runbook.Name} ended as {status}{FailedStep(execution)}, execution {runbook.Execution}. {execution.TextOf("FailureMessage")}".TrimEnd());
        }
    }

    /// <summary>Steps that clean up may come after the one that failed, and those that may fail before it.</summary>
    private static string FailedStep(JsonElement execution)
    {
        var failed = execution.Member("StepExecutions") is { ValueKind: JsonValueKind.Array } steps
            ? steps.EnumerateArray().Where(s => s.TextOf("StepStatus") is "Failed" or "TimedOut" or "Cancelled").LastOrDefault()
            : default;
        return failed.IsObject() ? $" at step {failed.TextOf("StepName")} ({failed.TextOf("Action")})" : "";
    }

    private static bool IsRunning(JsonElement output) => Running.Contains(StatusOf(output.Member("AutomationExecution")));

    private static string StatusOf(JsonElement execution) => execution.TextOf("AutomationExecutionStatus") ?? "";
}
