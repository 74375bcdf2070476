using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Escalate;

/// <summary>Where nobody takes an incident on, another team is called: once.</summary>
public sealed class SecondStepTests
{
    private const string Night = "{defaults: {mode: approve, owner: shop, escalate-to: {after: 4h, owner: platform}}}";

    [Fact]
    public async Task Other_team_is_called_once_after_the_time_under_the_same_key()
    {
        await using var host = new InMemoryHost();
        var asked = await AskedAsync(host);

        await host.SweepAfterAsync(TimeSpan.FromHours(3.9));
        Assert.Single(Teams(host));
        await host.SweepAfterAsync(TimeSpan.FromHours(0.2));
        Assert.Equal(["shop", "platform"], Teams(host));
        for (var day = 0; day < 3; day++)
        {
            await host.SweepAfterAsync(TimeSpan.FromDays(1.1));
        }

        Assert.Equal(["shop", "platform"], Teams(host));
        Assert.Single((await host.NoticesAsync()).Select(n => n.TextOf("key")).Distinct());
        Assert.Contains("nobody took it on: platform was called", (await host.IncidentOf(asked)).Entries.Select(e => e.What));
    }

    [Fact]
    public async Task Nobody_else_is_called_once_somebody_acknowledged()
    {
        await using var host = new InMemoryHost();
        var asked = await AskedAsync(host);
        await host.OperateAsync(new(OperatorVerb.Acknowledge, asked.Incident!, "alice", null, false));

        await host.SweepAfterAsync(TimeSpan.FromHours(5));
        await host.SweepAfterAsync(TimeSpan.FromDays(1.1));

        Assert.Equal(["shop"], Teams(host));
    }

    [Fact]
    public async Task Step_comes_between_reminders_and_is_none_of_them()
    {
        await using var host = new InMemoryHost();
        await AskedAsync(host, "{escalation: {remind-after: [1h, 6h]}, " + Night[1..]);

        foreach (var hours in (double[])[1.1, 3, 2.1])
        {
            await host.SweepAfterAsync(TimeSpan.FromHours(hours));
        }

        Assert.Equal(["shop", "shop", "platform", "shop"], Teams(host));
    }

    [Fact]
    public async Task New_reason_is_news_for_the_owner_and_starts_the_time_anew()
    {
        await using var host = new InMemoryHost();
        var asked = await AskedAsync(host);
        await host.SweepAfterAsync(TimeSpan.FromHours(4.1));
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);
        AssertOutcome("escalated", await host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, false)));

        Assert.Equal(["shop", "platform", "shop"], Teams(host));
        await host.SweepAfterAsync(TimeSpan.FromHours(4.1));
        Assert.Equal(["shop", "platform", "shop", "platform"], Teams(host));
    }

    [Fact]
    public async Task All_that_were_called_hear_that_it_is_over_whatever_they_filter_by()
    {
        await using var host = new InMemoryHost();
        var asked = await AskedAsync(host);
        await host.SweepAfterAsync(TimeSpan.FromHours(4.1));
        await host.UsePolicyAsync(Night.Replace("owner: shop", "owner: web, severity: critical", StringComparison.Ordinal));

        AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, false)));
        var incident = await host.IncidentOf(asked);
        await host.SendAsync(Some.Change(incident.Rule, incident.Resource, host.Now.AddMinutes(1), Compliance.Compliant));

        var over = host.Fake.Sns.Messages[^1];
        Assert.Equal(["shop", "platform", "web"], SubscriptionFilters.Values(over, "team"));
        Assert.Contains("warning", SubscriptionFilters.Values(over, "severity"));
        Assert.Equal(["approval-needed"], SubscriptionFilters.Values(over, "reason"));
        var told = SubscriptionFilters.Told(over)!.Value;
        Assert.Equal(("resolve", "info"), (told.TextOf("action"), told.TextOf("severity")));
    }

    [Fact]
    public async Task Step_that_could_not_be_sent_is_sent_with_a_later_sweep()
    {
        await using var host = new InMemoryHost();
        await AskedAsync(host);
        host.Faults.Inject("sns:Publish", FaultKind.Deny);
        await host.SweepAfterAsync(TimeSpan.FromHours(4.1));
        host.Faults.Clear();

        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(["shop", "platform"], Teams(host));
    }

    [Fact]
    public async Task Policy_as_it_is_by_then_says_who_is_called()
    {
        await using var host = new InMemoryHost();
        await AskedAsync(host);
        await host.UsePolicyAsync(Night.Replace("owner: platform", "owner: board", StringComparison.Ordinal));
        await host.SweepAfterAsync(TimeSpan.FromHours(4.1));
        Assert.Equal(["shop", "board"], Teams(host));

        await using var other = new InMemoryHost();
        await AskedAsync(other);
        await other.UsePolicyAsync("{defaults: {mode: approve, owner: shop}}");
        await other.SweepAfterAsync(TimeSpan.FromHours(4.1));
        Assert.Equal(["shop"], Teams(other));
    }

    private static async Task<Ended> AskedAsync(InMemoryHost host, string policy = Night)
    {
        await host.UsePolicyAsync(policy);
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var asked = await host.SendAsync(change);
        AssertOutcome("awaiting-approval", asked);
        return asked;
    }

    /// <summary>The team of each message, by which people subscribe.</summary>
    private static IEnumerable<string> Teams(InMemoryHost host) =>
        host.Fake.Sns.Messages.Select(m => m.Member("MessageAttributes").Member("team").TextOf("StringValue")!);
}
