using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Cli.Replay;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator.Cli.GameDay;

/// <summary>
/// The exercise: one bucket drifts, is fixed and undone; another waits for a person, is refused to the service, is told to people, and is
/// fixed once it may be. Ends with the first step that does not hold.
/// </summary>
internal sealed class GameDayRun(
    Foundation connected,
    ExerciseBuckets buckets,
    string region,
    string topic,
    bool bySession,
    PlaybookLibrary playbooks,
    GameDaySteps steps)
{
    private readonly MemoryJournal _journal = new(connected.Clock, TimeSpan.FromMinutes(5));
    private readonly DeniedSessions _sessions = new(connected.Accounts);

    private Incident? _last;

    /// <summary>Whether it came to its last step, and each holds.</summary>
    public async Task<bool> RunAsync(ExercisePublisher publisher, CancellationToken ct)
    {
        var recorder = new CallRecorder(_sessions);
        steps.Calls = () => recorder.Calls;
        var on = connected with { Accounts = recorder, Publisher = publisher };
        var (auto, asking) = (Service(on, Mode.Auto), Service(on, Mode.Approve));
        return await FixAndUndoAsync(auto, ct)
            && await EscalateAsync(asking, publisher, ct)
            && _last is { } incident
            && await SamplesAsync(publisher, incident, ct);
    }

    private ExerciseService Service(Foundation on, Mode mode) => new(on, _journal, playbooks, region, topic, mode);

    private async Task<bool> FixAndUndoAsync(ExerciseService service, CancellationToken ct)
    {
        var bucket = "";
        if (!await StepAsync("drift", async () =>
            {
                bucket = await buckets.MakeAsync("drift", ct);
                return (true, $"{bucket} was made: its versioning was {await buckets.VersioningAsync(bucket, ct)}");
            }))
        {
            return false;
        }

        Outcome outcome = new Outcome.Skipped("");
        return await StepAsync("fix", async () =>
            {
                outcome = await service.EventAsync(Key(bucket), Compliance.NonCompliant, ct);
                return Of<Outcome.Fixed>(outcome);
            })
            && await StepAsync("read", async () => Is("Enabled", await buckets.VersioningAsync(bucket, ct)))
            && await StepAsync("undo", async () => Of<Outcome.Undone>(await service.SayAsync(OperatorVerb.Undo, outcome.About!.Id, ct)))
            && await StepAsync("read-after-undo", async () => Is("Suspended", await buckets.VersioningAsync(bucket, ct)));
    }

    private async Task<bool> EscalateAsync(ExerciseService service, ExercisePublisher publisher, CancellationToken ct)
    {
        var bucket = "";
        Outcome outcome = new Outcome.Skipped("");
        return await StepAsync("ask", async () =>
            {
                bucket = await buckets.MakeAsync("denied", ct);
                return Of<Outcome.AwaitingApproval>(outcome = await service.EventAsync(Key(bucket), Compliance.NonCompliant, ct));
            })
            && await StepAsync("deny", async () =>
            {
                await DenyAsync(bucket, ct);
                var says = bySession
                    ? "Sessions for changes now have a session policy that lets them read alone."
                    : $"The policy of {bucket} now denies everybody s3:PutBucketVersioning.";
                return (true, says);
            })
            && await StepAsync("escalate", async () =>
            {
                outcome = await service.SayAsync(OperatorVerb.Approve, outcome.About!.Id, ct);
                return (outcome is Outcome.Escalated { Incident.Reason: Reason.NotPermitted }, Words(outcome));
            })
            && await StepAsync("told", () => Task.FromResult(Told(publisher)))
            && await StepAsync("allow", async () =>
            {
                await AllowAsync(bucket, ct);
                return (true, "The service may do it again.");
            })
            && await StepAsync("retry", async () =>
            {
                outcome = await service.SayAsync(OperatorVerb.Retry, outcome.About!.Id, ct);
                outcome = outcome is Outcome.AwaitingApproval(var asked)
                    ? await service.SayAsync(OperatorVerb.Approve, asked.Id, ct)
                    : outcome;
                return Of<Outcome.Fixed>(outcome);
            })
            && await StepAsync("close", async () => Of<Outcome.Closed>(await service.EventAsync(Key(bucket), Compliance.Compliant, ct)));
    }

    private async Task DenyAsync(string bucket, CancellationToken ct)
    {
        if (bySession)
        {
            _sessions.Denies = true;
            return;
        }

        await buckets.DenyAsync(bucket, ct);
    }

    private async Task AllowAsync(string bucket, CancellationToken ct)
    {
        if (bySession)
        {
            _sessions.Denies = false;
            return;
        }

        await buckets.AllowAsync(bucket, ct);
    }

    private static (bool, string) Told(ExercisePublisher publisher)
    {
        string[] kinds = [.. publisher.Sent.Select(s => s.Kind)];
        return (
            kinds.Contains(Notice.EventType(NoticeKind.Approval)) && kinds.Contains(Notice.EventType(NoticeKind.Escalation)),
            $"People were told: {string.Join(", ", kinds)}");
    }

    /// <summary>The kinds of notice that the run itself did not cause.</summary>
    private Task<bool> SamplesAsync(ExercisePublisher publisher, Incident incident, CancellationToken ct) =>
        StepAsync("samples", async () =>
        {
            publisher.AreSamples = true;
            var topics = new EscalationTopics(topic, null);
            var now = connected.Clock.GetUtcNow();
            var failures = new Budget("exercise", 1, now.AddHours(1));
            var ofProblem = incident with { Telling = incident.Telling with { Problem = "problem-exercise" } };
            var problem = new ToldProblem("problem-exercise", "exercise", 2, now, now) { Says = "an exercise" };
            ServiceNotice[] samples =
            [
                ServiceNotice.Of(new BreakerNews(incident, null, failures, IsOpen: true)),
                ServiceNotice.Of(new BreakerNews(incident, null, failures, IsOpen: false)),
                ServiceNotice.OfStorm("remediator/exercise", "1 incident needs a person", ["1 incident of an exercise"], incident),
                ServiceNotice.OfEnding(new("exercise", "resource=exercise", "an exercise", "exercise", now.AddDays(7), [])),
                ServiceNotice.OfDigest("exercise", now.AddDays(-1), now, 1, ["1 change of an exercise"]),
                ServiceNotice.OfProblem(problem, ofProblem, isAsked: true, ["2 of an exercise"]),
                ServiceNotice.OfProblemOver(problem),
                ServiceNotice.OfHeldRollout(HeldRollout(now)),
                ServiceNotice.Of(new FindingNews(incident, "an exercise", now.AddDays(1))),
            ];
            var further = new Notice(NoticeKind.Escalation, incident) { Further = new(TimeSpan.FromHours(4), "exercise-next") };
            var route = Route.Of(incident, "exercise") with { Environment = "exercise" };
            foreach (var message in topics.Messages(lines => IncidentFacts.Of(further, lines), [route])
                .Concat(samples.SelectMany(s => s.Messages(topics))))
            {
                await publisher.PublishAsync(message, ct);
            }

            var kinds = publisher.Sent.Where(s => s.IsSample).Select(s => s.Kind);
            return (true, $"One of each other kind, as a sample: {string.Join(", ", kinds)}");
        });

    private static RolloutState HeldRollout(DateTimeOffset now) => new()
    {
        Id = "rollout-exercise",
        About = "an exercise",
        Owner = "exercise",
        BegunAt = now.AddDays(-1),
        Share = 5,
        From = 5,
        Since = now.AddDays(-1),
        Held = new(now, "an exercise"),
    };

    private Task<bool> StepAsync(string name, Func<Task<(bool Holds, string Says)>> act) => steps.RunAsync(name, act);

    private ResourceKey Key(string bucket) => new(connected.OwnAccount, region, "AWS::S3::Bucket", bucket);

    private static (bool, string) Is(string expected, string versioning) =>
        (versioning == expected, $"S3 says of the versioning: {versioning}");

    private (bool, string) Of<T>(Outcome outcome)
        where T : Outcome => (outcome is T, Words(outcome));

    private string Words(Outcome outcome)
    {
        _last = outcome.About ?? _last;
        return $"incident {outcome.About?.Id}: {outcome.Name}{(outcome.Reason is { Length: > 0 } reason ? $", {reason}" : "")}";
    }
}
