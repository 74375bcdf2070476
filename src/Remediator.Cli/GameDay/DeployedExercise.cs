using System.Text.Json;
using Remediator.Cli.Doctor;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Cli.GameDay;

/// <summary>
/// A third bucket drifts before the deployed service: an event in AWS Config's shape is put on its queue, as a redrive would be, and the
/// journal is watched for what becomes of it. The deployment's own policy decides.
/// </summary>
internal sealed class DeployedExercise(Foundation connected, ExerciseBuckets buckets, string region, GameDaySteps steps)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private RuleRef? _rule;
    private ResourceKey? _bucket;
    private DateTimeOffset _sentAt;

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        Incident? incident = null;
        return await steps.RunAsync("deployed-rule", () => RuleAsync(ct))
            && await steps.RunAsync("deployed-event", async () =>
            {
                _bucket = new(connected.OwnAccount, region, "AWS::S3::Bucket", await buckets.MakeAsync("deployed", ct));
                await SendAsync("NON_COMPLIANT", ct);
                return (true, $"The event about {_bucket.Id} is on the queue; AWS Config did not evaluate it.");
            })
            && await steps.RunAsync("deployed-answer", async () =>
            {
                incident = await RestingAsync(ct);
                return Judged(incident);
            })
            && (incident!.State is not IncidentState.Fixed || await steps.RunAsync("deployed-read", async () =>
            {
                var versioning = await buckets.VersioningAsync(_bucket!.Id, ct);
                return (versioning is "Enabled", $"S3 says of the versioning: {versioning}");
            }));
    }

    /// <summary>The bucket goes: its incident is to be closed. Nothing was sent where there was no event.</summary>
    public Task CloseAsync(CancellationToken ct) => _bucket is null ? Task.CompletedTask : SendAsync("NOT_APPLICABLE", ct);

    private async Task<(bool, string)> RuleAsync(CancellationToken ct)
    {
        if (connected.Backlog?.Queue is null)
        {
            return (false, "REMEDIATOR_QUEUE_URL is not set: 'remediator use --stack NAME' takes it from the stack.");
        }

        var aws = connected.Accounts.For(connected.OwnAccount, region);
        await foreach (var page in aws.PagesAsync("config:DescribeConfigRules", Json.EmptyObject, ct))
        {
            if (page.Each("ConfigRules").FirstOrDefault(r => r.Member("Source").TextOf("SourceIdentifier") is ExerciseService.Rule)
                is { ValueKind: JsonValueKind.Object } rule)
            {
                _rule = new(rule.TextOf("ConfigRuleName") ?? "", rule.TextOf("ConfigRuleArn") ?? "");
                return (true, $"The rule {_rule.Name} is on.");
            }
        }

        return (false, $"AWS Config has no rule {ExerciseService.Rule} here, and the deployed service asks it for the rule of an event.");
    }

    private async Task SendAsync(string compliance, CancellationToken ct)
    {
        var now = connected.Clock.GetUtcNow();
        // An event that is no newer than the one before says nothing new.
        _sentAt = now > _sentAt ? now : _sentAt.AddMilliseconds(1);
        var id = Guid.CreateVersion7(now).ToString();
        await connected.Backlog!.Queue!.SendAsync([ConfigEventJson.Event(id, _bucket!, _rule!, compliance, _sentAt).ToJsonString()], ct);
    }

    private async Task<Incident?> RestingAsync(CancellationToken ct)
    {
        var until = connected.Clock.GetUtcNow() + Longest;
        while (true)
        {
            var found = await connected.Journal.FindOpenAsync(Incident.KeyOf(GlobalResources.Key(_bucket!, null), _rule!), ct);
            if (IsResting(found) || connected.Clock.GetUtcNow() >= until)
            {
                return found;
            }

            await Task.Delay(Pause, connected.Clock, ct);
        }
    }

    private static bool IsResting(Incident? incident) => incident?.State
        is IncidentState.Fixed or IncidentState.Observed or IncidentState.AwaitingApproval or IncidentState.Escalated or IncidentState.Held;

    private static (bool, string) Judged(Incident? incident) => incident switch
    {
        null => (false, $"The journal has no incident about it after {Longest.TotalMinutes:0} minutes: 'remediator doctor' looks why."),
        { State: IncidentState.Fixed } => (true, $"incident {incident.Id}: fixed by the deployed service"),
        { State: IncidentState.Observed } => (true, $"incident {incident.Id}: planned, and nothing changed: the policy observes"),
        { State: IncidentState.AwaitingApproval } => (true, $"incident {incident.Id}: a person was asked: {incident.Detail}"),
        _ => (false, $"incident {incident.Id}: {incident.State}: {incident.Reason?.Name()} {incident.Detail}"),
    };
}
