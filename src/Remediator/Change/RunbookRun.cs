using System.Text.Json;
using Remediator.Aws;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>Starts an SSM Automation runbook and waits for its end, a minute at most: what takes longer shows when the setting is read.</summary>
/// <remarks>
/// The token that is journaled before the start makes the start happen once: a restarted worker that finds the same input under way
/// asks for the same execution. The end of a run that was waited for takes the token away, so that the same input can be run again.
/// </remarks>
internal static class RunbookRun
{
    private static readonly WaitLimits Limits = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));

    private static readonly string[] Running =
        ["Pending", "InProgress", "Waiting", "PendingApproval", "Approved", "Scheduled", "RunbookInProgress", "PendingChangeCalendarOverride", "ChangeCalendarOverrideApproved", "Cancelling"];

    private static readonly string[] Good = ["Success", "CompletedWithSuccess"];

    /// <exception cref="AwsException">It did not start, or it ended otherwise than well.</exception>
    public static async Task RunAsync(Run run, PlannedCall call, IAws aws, CancellationToken ct)
    {
        var token = await TokenAsync(run, call, ct);
        var started = await aws.CallAsync(call.Operation, Merging.Merge(call.Input, Json.Object([new("ClientToken", Json.Text(token))])), ct);
        var look = Json.Object([new("AutomationExecutionId", started.Member("AutomationExecutionId"))]);
        var outcome = await Waiting.UntilAsync(wait => aws.CallAsync(Runbook.Look, look, wait), o => !Running.Contains(StatusOf(o)), Limits, run.Clock, ct);
        if (outcome is not WaitOutcome.Done(var output))
        {
            return;
        }

        await run.SaveAsync(run.Noted($"runbook {call.Input.TextOf("DocumentName")}: {StatusOf(output)}, execution {started.TextOf("AutomationExecutionId")}") with { Runbook = null }, ct);
        if (!Good.Contains(StatusOf(output)))
        {
            var why = output.Member("AutomationExecution").TextOf("FailureMessage");
            throw new AwsException(call.Operation, "RunbookFailed", 200, "", $"{call.Input.TextOf("DocumentName")} ended as {StatusOf(output)}. {why}".TrimEnd());
        }
    }

    private static async Task<string> TokenAsync(Run run, PlannedCall call, CancellationToken ct)
    {
        var input = call.Input.GetRawText();
        if (run.Incident.Runbook is { } underway && underway.Input == input)
        {
            return underway.Token;
        }

        var token = Guid.CreateVersion7(run.Clock.GetUtcNow()).ToString();
        await run.SaveAsync(run.Noted($"starting runbook {call.Input.TextOf("DocumentName")}") with { Runbook = new(input, token) }, ct);
        return token;
    }

    private static string StatusOf(JsonElement output) => output.Member("AutomationExecution").TextOf("AutomationExecutionStatus") ?? "";
}
