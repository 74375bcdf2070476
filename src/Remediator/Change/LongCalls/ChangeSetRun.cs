using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change.LongCalls;

/// <summary>
/// Makes a drift-aware change set, and carries it out where it does what was planned and nothing else; otherwise deletes it. One that takes
/// longer than a minute is looked at again by whoever goes on with the incident.
/// </summary>
/// <remarks>
/// Its name is journaled before it is made, so that a restarted worker finds the one that is there. What comes next follows from what
/// CloudFormation says of it: a worker that died between two calls is gone on for by the next.
/// </remarks>
internal static class ChangeSetRun
{
    private static readonly WaitLimits Once = LongRun.Limits with { Longest = TimeSpan.Zero };

    private const string Executing = "EXECUTE_IN_PROGRESS";

    private static readonly string[] AlreadyCarriedOut =
    [
        "InvalidChangeSetStatus", "InvalidChangeSetStatusException", "TokenAlreadyExistsException",
    ];

    /// <exception cref="AwsException">It would do something else, or it ended otherwise than well.</exception>
    public static async Task RunAsync(IRun run, PlannedCall call, IAws aws, CancellationToken ct)
    {
        await StartAsync(run, call, aws, ct);
        await GoOnAsync(run, aws, LongRun.Limits, ct);
    }

    /// <summary>Looks once at a change set that was not seen to end, and does what comes next.</summary>
    /// <exception cref="AwsException">It would do something else, or it ended otherwise than well.</exception>
    public static Task LookAsync(IRun run, IAws aws, CancellationToken ct) => GoOnAsync(run, aws, Once, ct);

    private static async Task StartAsync(IRun run, PlannedCall call, IAws aws, CancellationToken ct)
    {
        var started = await LongRun.WrittenAheadAsync(run, LongCall.ChangeSet, call, ct);
        if (started.Execution is not null)
        {
            return;
        }

        var name = Json.Text($"remediator-{started.Token}");
        var named = Json.Object([new("ChangeSetName", name), new("ClientToken", name)]);
        var id = await CreateAsync(call, named, aws, ct);
        await run.SaveAsync(Transitions.WithRunbook(run.Incident, started with { Execution = id }), ct);
    }

    private static async Task<string> CreateAsync(PlannedCall call, JsonElement named, IAws aws, CancellationToken ct)
    {
        JsonElement output;
        try
        {
            output = await aws.CallAsync(call.Operation, Merging.Merge(call.Input, named), ct);
            return output.TextOf("Id") ?? throw new AwsException(call.Operation, "NoChangeSet", 200, "", "The answer names no change set.");
        }
        catch (AwsException e) when (e.Code is "AlreadyExistsException")
        {
            // A worker that died made it.
            output = await aws.CallAsync(
                ChangeSet.Look,
                Json.Object([new("StackName", call.Input.Member("StackName")), new("ChangeSetName", named.Member("ChangeSetName"))]),
                ct);
            return output.TextOf("ChangeSetId")
                ?? throw new AwsException(ChangeSet.Look, "NoChangeSet", 200, "", "The answer names no change set.");
        }
    }

    private static async Task GoOnAsync(IRun run, IAws aws, WaitLimits limits, CancellationToken ct)
    {
        if (run.Incident.Change?.Runbook is not { Execution: { } id } started)
        {
            return;
        }

        var seen = await SeenAsync(id, started, set => !IsBusy(set), aws, limits, run.Clock, ct);
        if (seen is { } made && IsReady(made))
        {
            started = await CarryOutAsync(run, started, id, made, aws, ct);
            seen = await SeenAsync(id, started, set => !IsBusy(set) && !IsReady(set), aws, limits, run.Clock, ct);
        }

        if (seen is { } last && !IsBusy(last) && !IsReady(last))
        {
            await EndAsync(run, started, id, last, aws, ct);
            return;
        }

        var status = seen is { } looked ? StatusOf(looked) : started.Status;
        await run.SaveAsync(Transitions.WithRunbook(run.Incident, started with { Status = status }), ct);
    }

    /// <summary>What CloudFormation says of it, once it says what is waited for or the time is up; null where it said nothing.</summary>
    private static async Task<JsonElement?> SeenAsync(
        string id,
        StartedRunbook started,
        Func<JsonElement, bool> isDone,
        IAws aws,
        WaitLimits limits,
        TimeProvider clock,
        CancellationToken ct)
    {
        var outcome = await Waiting.UntilAsync(wait => LookAsync(id, started, aws, wait), isDone, limits, clock, ct);
        return outcome.Seen;
    }

    /// <summary>CloudFormation may forget a change set once it is carried out: what the stack holds is read back in any case.</summary>
    private static async Task<JsonElement> LookAsync(string id, StartedRunbook started, IAws aws, CancellationToken ct)
    {
        try
        {
            return await aws.CallAsync(ChangeSet.Look, Json.Object([new("ChangeSetName", Json.Text(id))]), ct);
        }
        catch (AwsException e) when (e.Code is "ChangeSetNotFound" or "ChangeSetNotFoundException" && started.Status is Executing)
        {
            return Json.Parse("""{"Status":"CREATE_COMPLETE","ExecutionStatus":"EXECUTE_COMPLETE"}""");
        }
    }

    /// <summary>That it will be carried out is journaled first: whoever finds it forgotten after that knows why.</summary>
    private static async Task<StartedRunbook> CarryOutAsync(
        IRun run, StartedRunbook started, string id, JsonElement set, IAws aws, CancellationToken ct)
    {
        if (ChangeSetCheck.Refusal(set, run.Incident) is { } refusal)
        {
            await DropAsync(run, id, $"{started.Called} deleted: {refusal}", aws, ct);
            throw new AwsException(ChangeSet.Create, "ChangeSetRefused", 200, "", $"{refusal} The change set was deleted.");
        }

        await run.CheckAsync(ct);
        var underWay = started with { Status = Executing };
        await run.SaveAsync(Transitions.WithRunbook(run.Incident, underWay), ct);
        try
        {
            await aws.CallAsync(ChangeSet.Execute, Json.Object([new("ChangeSetName", Json.Text(id))]), ct);
        }
        catch (AwsException e) when (AlreadyCarriedOut.Contains(e.Code))
        {
            // By a worker that died.
        }

        return underWay;
    }

    private static async Task EndAsync(IRun run, StartedRunbook started, string id, JsonElement set, IAws aws, CancellationToken ct)
    {
        var (status, why) = (StatusOf(set), set.TextOf("StatusReason") ?? "");
        if (status is "EXECUTE_COMPLETE")
        {
            await run.SaveAsync(Transitions.WithRunbook(
                run.Incident.Noted(EntryKind.Runbook, $"{started.Called} carried out", run.Clock.GetUtcNow()), null), ct);
            return;
        }

        if (set.TextOf("Status") is "FAILED")
        {
            await DropAsync(run, id, $"{started.Called}: {status}", aws, ct);
        }
        else
        {
            await run.SaveAsync(Transitions.WithRunbook(
                run.Incident.Noted(EntryKind.Runbook, $"{started.Called}: {status}", run.Clock.GetUtcNow()), null), ct);
        }

        throw new AwsException(ChangeSet.Create, "ChangeSetFailed", 200, "", $"{started.Name} ended as {status}. {why}".TrimEnd());
    }

    private static async Task DropAsync(IRun run, string id, string note, IAws aws, CancellationToken ct)
    {
        await aws.CallAsync(ChangeSet.Delete, Json.Object([new("ChangeSetName", Json.Text(id))]), ct);
        await run.SaveAsync(Transitions.WithRunbook(run.Incident.Noted(EntryKind.Runbook, note, run.Clock.GetUtcNow()), null), ct);
    }

    private static bool IsBusy(JsonElement set) =>
        set.TextOf("Status") is "CREATE_PENDING" or "CREATE_IN_PROGRESS" || set.TextOf("ExecutionStatus") is Executing;

    private static bool IsReady(JsonElement set) =>
        set.TextOf("Status") is "CREATE_COMPLETE" && set.TextOf("ExecutionStatus") is "AVAILABLE";

    private static string StatusOf(JsonElement set) => set.TextOf("Status") is "CREATE_COMPLETE"
        ? set.TextOf("ExecutionStatus") ?? "CREATE_COMPLETE"
        : set.TextOf("Status") ?? "unknown";
}
