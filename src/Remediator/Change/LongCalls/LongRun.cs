using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change.LongCalls;

/// <summary>
/// Makes a call that only begins something, and waits for its end, a minute at most. What takes longer is looked at again by whoever goes
/// on with the incident.
/// </summary>
/// <remarks>
/// The token that is journaled before the start makes the start happen once: a restarted worker that finds the same input under way
/// looks at it by its id, or asks for the same one where the journal does not know that yet. The end takes token and id away, so that
/// the same input can be sent again.
/// </remarks>
internal static class LongRun
{
    public static readonly WaitLimits Limits = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));

    /// <exception cref="AwsException">It did not start, or it ended otherwise than well.</exception>
    public static async Task RunAsync(IRun run, ReadyCall call, IAws aws, CancellationToken ct)
    {
        var kind = call.Source.Runs ?? throw new ArgumentException("The call begins nothing.", nameof(call));
        if (kind == LongCall.ChangeSet)
        {
            await ChangeSetRun.RunAsync(run, call.Planned, aws, ct);
            return;
        }

        var id = await StartAsync(run, kind, call.Planned, aws, ct);
        var outcome = await Waiting.UntilAsync(
            wait => LookAsync(kind, id, aws, wait), output => !Progress.Of(kind, output).IsRunning, Limits, run.Clock, ct);
        if (outcome.Seen is { } looked)
        {
            await SeenAsync(run, kind, looked, ct);
        }
    }

    /// <summary>Looks once at what was not seen to end.</summary>
    /// <exception cref="AwsException">It ended otherwise than well.</exception>
    public static async Task LookAsync(IRun run, IAws aws, CancellationToken ct)
    {
        if (run.Incident.Change?.Runbook?.Kind == LongCall.ChangeSet)
        {
            await ChangeSetRun.LookAsync(run, aws, ct);
        }
        else if (run.Incident.Change?.Runbook is { Execution: { } id } started)
        {
            await SeenAsync(run, started.Kind, await LookAsync(started.Kind, id, aws, ct), ct);
        }
    }

    private static Task<JsonElement> LookAsync(LongCall kind, string id, IAws aws, CancellationToken ct) =>
        aws.CallAsync(kind.Look, Json.Object([new(kind.IdInput, Json.Text(id))]), ct);

    private static async Task<string> StartAsync(IRun run, LongCall kind, PlannedCall call, IAws aws, CancellationToken ct)
    {
        var started = await WrittenAheadAsync(run, kind, call, ct);
        if (started.Execution is { } underway)
        {
            return underway;
        }

        var answer = await aws.CallAsync(
            call.Operation,
            Merging.Merge(call.Input, Json.Object([new("ClientToken", Json.Text(started.Token))])),
            ct);
        var id = Progress.IdOf(kind, answer)
            ?? throw new AwsException(call.Operation, "NoExecution", 200, "", "The answer names no execution.");
        await run.SaveAsync(Transitions.WithRunbook(run.Incident, started with { Execution = id }), ct);
        return id;
    }

    /// <summary>The start as it is journaled before it is made: that of an earlier worker, where it asked for the same.</summary>
    public static async Task<StartedRunbook> WrittenAheadAsync(IRun run, LongCall kind, PlannedCall call, CancellationToken ct)
    {
        var input = call.Input.GetRawText();
        if (run.Incident.Change?.Runbook is { } underway && underway.Input == input)
        {
            return underway;
        }

        var now = run.Clock.GetUtcNow();
        var next = new StartedRunbook(Progress.NameOf(kind, call.Input), input, Token(run, input, now), now) { Operation = kind.Start };
        await run.SaveAsync(Transitions.WithRunbook(run.Incident.Noted(EntryKind.Runbook, $"starting {next.Called}", now), next), ct);
        return next;
    }

    /// <summary>Of the incident, the step, what is asked for and when: the same only where one start is made again.</summary>
    private static string Token(IRun run, string input, DateTimeOffset now)
    {
        var text = $"{run.Incident.Id}|{run.Incident.Change?.Step}|{now.UtcTicks}|{input}";
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString();
    }

    private static async Task SeenAsync(IRun run, LongCall kind, JsonElement output, CancellationToken ct)
    {
        if (run.Incident.Change?.Runbook is not { } started)
        {
            return;
        }

        var progress = Progress.Of(kind, output);
        if (progress.IsRunning)
        {
            await run.SaveAsync(Transitions.WithRunbook(run.Incident, started with { Status = progress.Status }), ct);
            return;
        }

        var ended = run.Incident.Noted(
            EntryKind.Runbook, $"{started.Called}: {progress.Status}, execution {started.Execution}", run.Clock.GetUtcNow());
        await run.SaveAsync(Transitions.WithRunbook(ended, null), ct);
        if (progress.Failure is { } failure)
        {
            throw new AwsException(
                kind.Start,
                failure.Code,
                200,
                "",
                $"{started.Name} ended as {failure.How}, execution {started.Execution}. {failure.Message}".TrimEnd());
        }
    }
}
