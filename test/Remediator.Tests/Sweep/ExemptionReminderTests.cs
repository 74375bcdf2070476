using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Sweep;

/// <summary>Whoever owns an exemption hears of its end before it comes, once.</summary>
public sealed class ExemptionReminderTests
{
    [Fact]
    public async Task Owner_is_told_once_a_week_before_the_end_and_what_renews_it()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, owner: platform}");
        await GiveAsync(host, days: 30);

        await host.SweepAfterAsync(TimeSpan.FromDays(22.9));
        Assert.Empty(await host.NoticesAsync());
        await host.SweepAfterAsync(TimeSpan.FromDays(0.2));
        await host.SweepAfterAsync(TimeSpan.FromDays(1));
        await host.SweepAfterAsync(TimeSpan.FromDays(10));

        var told = Assert.Single(await host.NoticesAsync());
        Assert.Equal(("exemption_ends", "info", "platform"), (told.TextOf("eventType"), told.TextOf("action"), told.TextOf("owner")));
        Assert.StartsWith(
            "remediator renew exempt-", told.Member("commands").TextOf("renew"), StringComparison.Ordinal);
        Assert.Contains("on purpose", told.TextOf("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 0.9, 0)]
    [InlineData(2, 1.1, 1)]
    public async Task Short_exemption_is_told_of_when_half_of_it_is_over(int days, double after, int notices)
    {
        await using var host = new InMemoryHost();
        await GiveAsync(host, days);

        await host.SweepAfterAsync(TimeSpan.FromDays(after));

        Assert.Equal(notices, (await host.NoticesAsync()).Count);
    }

    [Fact]
    public async Task Exemption_of_the_policy_is_told_of_to_its_owner_with_the_policys_lead()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($$"""
            defaults: {mode: auto, owner: platform}
            escalation: {exemption-reminder: 3d}
            rules:
              - {match: {account: '123456789012'}, owner: shop}
            exemptions:
              - {match: {account: '123456789012', resource: logs}, reason: public on purpose, until: '{{host.Now.AddDays(10):O}}'}
            """);

        await host.SweepAfterAsync(TimeSpan.FromDays(6.9));
        Assert.Empty(await host.NoticesAsync());
        await host.SweepAfterAsync(TimeSpan.FromDays(0.2));
        host.Restart();
        await host.SweepAfterAsync(TimeSpan.FromDays(0.2));

        var told = Assert.Single(await host.NoticesAsync());
        Assert.Equal(("shop", FakeAws.Account), (told.TextOf("owner"), told.TextOf("account")));
        Assert.Contains("public on purpose", told.TextOf("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_sent_is_sent_with_a_later_sweep()
    {
        await using var host = new InMemoryHost();
        await GiveAsync(host, days: 2);
        host.Faults.Inject("sns:Publish", FaultKind.Deny);
        await host.SweepAfterAsync(TimeSpan.FromDays(1.1));
        host.Faults.Clear();

        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Renewed_exemption_is_told_of_anew_before_its_new_end()
    {
        await using var host = new InMemoryHost();
        await GiveAsync(host, days: 20);
        await host.SweepAfterAsync(TimeSpan.FromDays(14));
        await GiveAsync(host, days: 20);
        await host.SweepAfterAsync(TimeSpan.FromDays(1));
        Assert.Single(await host.NoticesAsync());

        await host.SweepAfterAsync(TimeSpan.FromDays(13));

        Assert.Equal(2, (await host.NoticesAsync()).Count);
        Assert.Equal(2, (await host.NoticesAsync()).Select(n => n.TextOf("key")).Distinct().Count());
    }

    private static async Task GiveAsync(InMemoryHost host, int days) => AssertOutcome("done", await host.OperateAsync(
        new(OperatorVerb.Exempt, "", "alice", "on purpose", false)
        {
            Match = new() { Resource = "bucket" },
            Until = host.Now.AddDays(days),
        }));
}
