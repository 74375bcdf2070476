using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests;

/// <summary>What people are told, by notices, reminders, announcements and problems, and rollouts that are held.</summary>
public sealed partial class CrashTests
{
    private static async Task<ComplianceChange> Unheard(InMemoryHost host)
    {
        await host.UsePolicyAsync("{defaults: {mode: approve, owner: shop, escalate-to: {after: 4h, owner: platform}}}");
        var change = await Fixed(host);
        await host.PassAsync(TimeSpan.FromHours(4.1));
        return change;
    }

    private static async Task<ComplianceChange> OneOfMany(InMemoryHost host)
    {
        await host.UsePolicyAsync("{defaults: {mode: approve, owner: shop}, escalation: {problem-after: 1}}");
        var (_, rule, change) = await host.OpenBucketAsync(HalfBlocked);
        var first = await host.BucketAsync("first", HalfBlocked);
        await host.SendAsync(Some.Change(rule, first, host.Now));
        return change;
    }

    private static async Task<ComplianceChange> LeftToItsProblem(InMemoryHost host)
    {
        var change = await OneOfMany(host);
        await host.SendAsync(change);
        return change;
    }

    private static async Task ToldByItselfOrByItsProblem(InMemoryHost host, ComplianceChange change)
    {
        var (incident, notices) = (await IncidentAsync(host, change), await host.NoticesAsync());
        var told = notices.Where(n => n.TextOf("incident") == incident.Id || n.TextOf("eventType") is ServiceNotice.ProblemOpen).ToList();
        Assert.InRange(told.Count, 1, 2);
        Assert.Single(told.Select(n => n.TextOf("key")).Distinct());
        Assert.Equal(incident.Telling.Problem is not null, told[0].TextOf("eventType") is ServiceNotice.ProblemOpen);
    }

    private static async Task<ComplianceChange> UndoneUnderRollout(InMemoryHost host)
    {
        await host.UsePolicyAsync("defaults: {mode: auto, owner: shop, rollout: {start: 98%, over: 1d}}");
        await host.SweepAsync();
        var change = await Fixed(host);
        await Undo(host, change);
        await host.PassAsync(TimeSpan.FromHours(20));
        return change;
    }

    /// <summary>One who dies between the notice and the note that it was sent, tells again under the same key.</summary>
    private static async Task HeldAndTold(InMemoryHost host, ComplianceChange change)
    {
        var rollout = Assert.Single((await host.Journal.RolloutsAsync(default)).Items);
        Assert.Equal((98, true), (rollout.Share, rollout.Held?.IsTold));
        var told = (await host.NoticesAsync()).Where(n => n.TextOf("eventType") is ServiceNotice.RolloutHeld).ToList();
        Assert.InRange(told.Count, 1, 2);
        Assert.Single(told.Select(n => n.TextOf("key")).Distinct());
    }

    private static async Task<ComplianceChange> AnnouncedLongAgo(InMemoryHost host)
    {
        await host.UsePolicyAsync("{defaults: {mode: auto, warn-before: 3h}}");
        var change = await Fixed(host);
        await host.PassAsync(TimeSpan.FromHours(3.1));
        return change;
    }

    /// <summary>SNS has no idempotency token: cut between the publish and its note, the notice comes twice, with one key.</summary>
    private static async Task CalledFurtherOnce(InMemoryHost host, ComplianceChange change)
    {
        var teams = host.Fake.Sns.Messages.Select(m => m.Member("MessageAttributes").Member("team").TextOf("StringValue")).ToList();
        Assert.Equal("shop", teams[0]);
        Assert.InRange(teams.Count, 2, 3);
        Assert.All(teams.Skip(1), team => Assert.Equal("platform", team));
        Assert.Single((await host.NoticesAsync()).Select(n => n.TextOf("key")).Distinct());
        Assert.Equal("platform", (await IncidentAsync(host, change)).Telling.Further);
    }

    private static async Task FixedAsAnnounced(InMemoryHost host, ComplianceChange change)
    {
        AssertSame(Blocked, await host.BlockAsync(change.Resource));
        Assert.Equal(IncidentState.Fixed, (await IncidentAsync(host, change)).State);
        Assert.Single(await host.NoticesAsync());
    }
}
