using Remediator.Incidents;
using Remediator.Testing.Scenarios;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Intake;

/// <summary>
/// Somebody who can write into the queue cannot close an incident that the service has not verified itself, nor silence one.
/// </summary>
public sealed class ForgedEventTests
{
    [Theory]
    [InlineData("observe")]
    [InlineData("approve")]
    public async Task Compliant_event_that_Config_does_not_confirm_closes_nothing(string mode)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($"defaults: {{mode: {mode}}}");
        var (bucket, rule, change) = await host.OpenBucketAsync();
        var ended = await host.SendAsync(change);
        var state = (await host.IncidentOf(ended)).State;

        // Config may be about to report it: the event is retried, and otherwise ends in the dead-letter queue.
        Assert.True((await host.ForgeAsync(change.Later(5, Compliance.Compliant))).IsHandedBack);
        Assert.Equal(state, (await host.IncidentOf(ended)).State);

        host.Evaluations.Say(rule.Name, bucket, "NON_COMPLIANT", change.RecordedAt.AddMinutes(7));
        AssertOutcome("skipped", await host.ForgeAsync(change.Later(5, Compliance.Compliant)));
        AssertOutcome("skipped", await host.ForgeAsync(change.Later(5, Compliance.NotApplicable)));
        Assert.Equal(state, (await host.IncidentOf(ended)).State);

        host.Evaluations.Say(rule.Name, bucket, "COMPLIANT", change.RecordedAt.AddMinutes(9));
        AssertOutcome("closed", await host.ForgeAsync(change.Later(9, Compliance.Compliant)));
    }

    [Fact]
    public async Task Resource_that_is_gone_closes_where_Config_holds_nothing_of_it()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: observe}");
        var (_, _, change) = await host.OpenBucketAsync();
        await host.SendAsync(change);

        AssertOutcome("closed", await host.ForgeAsync(change.Later(5, Compliance.NotApplicable)));
    }

    [Fact]
    public async Task What_was_read_back_is_closed_without_asking()
    {
        await using var host = new InMemoryHost();
        var (_, _, change, _) = await host.FixedBucketAsync();
        var asked = host.Calls.Count(c => c.StartsWith("config:GetCompliance", StringComparison.Ordinal));

        AssertOutcome("closed", await host.ForgeAsync(change.Later(5, Compliance.Compliant)));

        Assert.Equal(asked, host.Calls.Count(c => c.StartsWith("config:GetCompliance", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Event_with_a_future_time_silences_no_rule()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change) = await host.OpenBucketAsync();

        AssertOutcome("rejected", await host.ForgeAsync(change with { RecordedAt = new(9998, 1, 1, 0, 0, 0, TimeSpan.Zero) }));
        AssertOutcome("fixed", await host.SendAsync(change));

        AssertSame(Blocked, await host.BlockAsync(bucket));
    }
}
