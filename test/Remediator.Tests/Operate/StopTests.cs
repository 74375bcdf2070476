using System.Text.Json;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Operate;

/// <summary>A person stops all changes: within seconds nothing more is changed, and nothing is lost.</summary>
public sealed class StopTests
{
    private const string Stop = "a bad day";

    [Fact]
    public async Task Change_in_progress_stops_between_two_calls_and_continues_once_changes_are_allowed()
    {
        await using var host = new InMemoryHost();
        var trail = Trail(host);
        var incident = await StoppedMidwayAsync(host);

        Assert.Equal(IncidentState.Applying, incident.State);
        Assert.Contains(incident.Entries, e => e.What.Contains(Stop, StringComparison.Ordinal));
        Assert.Single(host.Changes());
        Assert.Empty(await host.NoticesAsync());

        // The sweep runs during the stop: it reads, and changes nothing.
        await host.PassAsync(TimeSpan.FromMinutes(2));
        await host.SweepAsync();
        Assert.Single(host.Changes());

        await host.OperateAsync(new(OperatorVerb.Start, "", "alice", null, false));
        await host.PassAsync(TimeSpan.FromMinutes(2));
        await host.SweepAsync();

        Assert.Equal(IncidentState.Fixed, (await host.IncidentAsync(incident.Id))!.State);
        Assert.Equal(["cloudtrail:UpdateTrail", "cloudtrail:PutEventSelectors"], host.Changes());
        Assert.True(trail.IsRight);
    }

    [Fact]
    public async Task Change_that_halted_can_be_put_back_while_all_is_stopped()
    {
        await using var host = new InMemoryHost();
        var trail = Trail(host);
        var incident = await StoppedMidwayAsync(host);

        AssertOutcome("undone", await host.UndoAsync(incident.Id));

        Assert.Equal(["cloudtrail:UpdateTrail", "cloudtrail:UpdateTrail"], host.Changes());
        Assert.False(trail.IsUpdated);
    }

    [Fact]
    public async Task Undo_of_a_person_is_not_stopped()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        await StopAsync(host);

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task What_the_service_puts_back_by_itself_is_stopped_and_goes_on_afterwards()
    {
        await using var host = new InMemoryHost();
        var trail = Trail(host);
        host.Fake.Before = async operation =>
        {
            if (operation is "cloudtrail:PutEventSelectors")
            {
                await StopAsync(host);
                host.Clock.Advance(TimeSpan.FromSeconds(6));
                throw FakeAws.Error(operation, "InvalidEventSelectorsException", 400);
            }
        };

        var ended = await SendAsync(host);
        AssertOutcome("pending", ended);
        await host.SweepAfterAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(IncidentState.Undoing, (await host.IncidentOf(ended)).State);
        Assert.Equal(["cloudtrail:UpdateTrail", "cloudtrail:PutEventSelectors"], host.Changes());

        await host.OperateAsync(new(OperatorVerb.Start, "", "alice", null, false));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(IncidentState.Escalated, (await host.IncidentOf(ended)).State);
        Assert.False(trail.IsUpdated);
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Undo_that_a_person_began_is_carried_to_its_end_by_the_sweep()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        await StopAsync(host);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Throttle, times: 1);

        AssertOutcome("pending", await host.UndoAsync(ended.Incident));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(10));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        Assert.Equal(IncidentState.Held, (await host.IncidentOf(ended)).State);
    }

    [Fact]
    public async Task Stop_check_adds_no_call_to_a_quick_change()
    {
        await using var host = new InMemoryHost();
        Trail(host);

        AssertOutcome("fixed", await SendAsync(host));

        // Claimed, begun with the first step, second step entered, released; once an hour, whether a breaker is half-open; once in five
        // seconds, whether people gave orders: nothing else.
        Assert.Equal(6, host.Fake.Crash.Done - host.Calls.Count);
    }

    /// <summary>A change of two steps, stopped during its first call.</summary>
    private static async Task<Incident> StoppedMidwayAsync(InMemoryHost host)
    {
        host.Fake.Before = async operation =>
        {
            if (operation is "cloudtrail:UpdateTrail")
            {
                await StopAsync(host);
                host.Clock.Advance(TimeSpan.FromSeconds(6));
            }
        };
        var ended = await SendAsync(host);
        AssertOutcome("pending", ended);
        return await host.IncidentOf(ended);
    }

    private static Task<Ended> StopAsync(InMemoryHost host) => host.OperateAsync(new(OperatorVerb.Stop, "", "alice", Stop, false));

    private static async Task<Ended> SendAsync(InMemoryHost host)
    {
        await host.UsePolicyAsync(
            """
            defaults: {mode: auto}
            rules: [{match: {rule: CLOUDTRAIL_SECURITY_TRAIL_ENABLED}, params: {trailName: main,
              kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/k"}}]
            """
        );
        var rule = await host.RuleAsync("CLOUDTRAIL_SECURITY_TRAIL_ENABLED");
        return await host.SendAsync(Some.Change(rule, new(host.Account, host.Region, "AWS::::Account", host.Account), host.Now));
    }

    private static FakeTrail Trail(InMemoryHost host)
    {
        var trail = new FakeTrail();
        host.Fake.On("cloudtrail:GetTrail", _ =>
            Json.Parse(
                $$$"""{"Trail":{"IsMultiRegionTrail":{{{(trail.IsUpdated ? "true" : "false")}}},"IncludeGlobalServiceEvents":true"""
                + ""","LogFileValidationEnabled":true,"KmsKeyId":"k"}}"""
            ));
        host.Fake.On("cloudtrail:UpdateTrail", trail.Update);
        host.Fake.On("cloudtrail:GetEventSelectors", _ => trail.Selectors);
        host.Fake.On("cloudtrail:PutEventSelectors", input => trail.Selectors = input);
        return trail;
    }

    private sealed class FakeTrail
    {
        public bool IsUpdated { get; private set; }

        public JsonElement Selectors { get; set; } = Json.Parse("""{"EventSelectors":[]}""");

        public bool IsRight => IsUpdated && Selectors.Member("EventSelectors").GetArrayLength() == 1;

        public JsonElement Update(JsonElement input)
        {
            IsUpdated = input.Member("IsMultiRegionTrail").IsTruthy();
            return Json.EmptyObject;
        }
    }
}
