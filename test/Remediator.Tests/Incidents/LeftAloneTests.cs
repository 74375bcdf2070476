using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Incidents;

/// <summary>Incidents that only a later version understands are left to that version, and are shown in its own terms.</summary>
public sealed class LeftAloneTests
{
    private const string Later = "SomethingLater";

    /// <summary>The members that decide what is done with an incident.</summary>
    public static TheoryData<string> Deciding => ["state", "mode", "notice", "call"];

    [Theory]
    [MemberData(nameof(Deciding))]
    public async Task Incident_that_a_later_version_must_decide_about_is_changed_by_nothing(string what)
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change, ended) = await host.FixedBucketAsync(HalfBlocked);
        var left = await StoreAsync(host, ended, i => With(i, what));
        await host.BlockAsync(bucket.Id, HalfBlocked);
        var calls = host.Changes().Count();
        await host.PassAsync(TimeSpan.FromMinutes(30));

        AssertLeft(await host.SendAsync(change.Later(10)));
        AssertLeft(await host.SendAsync(change.Later(20, Compliance.Compliant)));
        await host.SweepAfterAsync(TimeSpan.FromDays(3));
        await host.SweepAfterAsync(TimeSpan.FromDays(3));
        OperatorVerb[] other =
        [
            OperatorVerb.Stop, OperatorVerb.Start, OperatorVerb.Pause, OperatorVerb.Resume, OperatorVerb.Renew, OperatorVerb.Lift,
            OperatorVerb.Rollback,
        ];
        foreach (var verb in Enum.GetValues<OperatorVerb>().Except(other))
        {
            var refused = await host.OperateAsync(new(verb, left.Id, "alice", "to see", Force: false));
            Assert.Equal("refused", refused.Outcome);
            AssertLeft(refused);
        }

        await host.OperateAsync(new(OperatorVerb.Rollback, "", "alice", "to see", Force: false)
        {
            Rollback = new(change.Resource, host.Now.AddHours(-1)) { Rule = change.Rule.Name },
        });
        Assert.Equal(left, await host.IncidentOf(ended));
        Assert.Equal(calls, host.Changes().Count());
        Assert.Empty(await host.NoticesAsync());

        static void AssertLeft(Ended ended) => Assert.Contains(Later, ended.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_passes_over_what_is_left_alone_and_takes_what_is_behind_it()
    {
        await using var host = new InMemoryHost();
        var (_, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        await StoreAsync(host, ended, i => With(i, "state") with { Due = host.Now });
        var rule = await host.RuleAsync(PublicAccess);
        var other = await host.SendAsync(Some.Change(rule, await host.BucketAsync("other", HalfBlocked), host.Now));

        await host.PassAsync(TimeSpan.FromDays(4));
        var swept = await host.Service.Sweeper.SweepAsync(host.Ct);

        Assert.Equal((1, 0, 0), (swept.Seen, swept.Failed, swept.HandedOver));
        Assert.True(swept.Lag < TimeSpan.FromDays(4).TotalSeconds, $"{swept.Lag}");
        Assert.NotEqual(IncidentState.Fixed, (await host.IncidentOf(other)).State);
    }

    [Fact]
    public async Task Closed_incident_of_a_later_version_keeps_no_new_one_from_being_opened()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change, ended) = await host.FixedBucketAsync(HalfBlocked);
        await StoreAsync(host, ended, i => With(i, "mode") with { State = IncidentState.Closed });
        await host.BlockAsync(bucket.Id, HalfBlocked);

        await host.PassAsync(TimeSpan.FromMinutes(30));
        AssertOutcome("fixed", await host.SendAsync(change.Later(10)));
    }

    [Fact]
    public async Task Reason_of_a_later_version_is_told_by_its_name_and_waits_for_people()
    {
        await using var host = new InMemoryHost();
        var (_, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        var told = await StoreAsync(host, ended, i => i with
        {
            State = IncidentState.Escalated,
            Reason = LaterValues.Read<Reason>(Later),
            Detail = "why it stopped",
            Entries = [new(host.Now, LaterValues.Read<EntryKind>(Later), "what happened")],
        });

        await host.SweepAfterAsync(TimeSpan.FromDays(2));

        Assert.Equal((IncidentState.Escalated, told.Reason), ((await host.IncidentOf(ended)).State, (await host.IncidentOf(ended)).Reason));
        Assert.Equal($"Stopped: {Later}", ReasonMeaning.Of(told.Reason!.Value).Headline);
        Assert.Equal(InPlace.Still, InPlaceWords.Of(told));
        var facts = IncidentFacts.Of(new(NoticeKind.Escalation, told));
        Assert.Equal((Later, $"Stopped: {Later}"), (facts.Reason, facts.Headline));
    }

    [Fact]
    public void What_this_version_knows_is_left_to_no_other() => Assert.Null(Some.Incident().NotUnderstood);

    private static Incident With(Incident incident, string what) => what switch
    {
        "state" => incident with { State = LaterValues.Read<IncidentState>(Later) },
        "mode" => incident with { Terms = incident.Terms with { Mode = LaterValues.Read<Mode>(Later) } },
        "notice" => incident with { Telling = incident.Telling with { Notice = LaterValues.Read<NoticeState>(Later) } },
        _ => incident with
        {
            State = IncidentState.Applying,
            Change = incident.Change! with { Runbook = new("name", "{}", "token", incident.OpenedAt) { Operation = $"some:{Later}" } },
        },
    };

    /// <summary>As a worker of the later version stores it.</summary>
    private static async Task<Incident> StoreAsync(InMemoryHost host, Ended ended, Func<Incident, Incident> move)
    {
        var mine = Assert.IsType<Claim.Mine>(await host.Journal.ResumeAsync(await host.IncidentOf(ended), host.Ct));
        return await host.Journal.ReleaseAsync(move(mine.Incident), mine.Lease, host.Ct);
    }
}
