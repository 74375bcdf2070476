using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Life;

/// <summary>Every row of the table in the remarks of <see cref="IncidentState"/>: what the sweep makes of an incident left in that state.</summary>
public sealed class IncidentStateTests
{
    private static readonly Dictionary<string, string> NextOf = new(StringComparer.Ordinal)
    {
        ["Open"] = "Fixed",
        ["Observed"] = "Fixed",
        ["AwaitingApproval"] = "AwaitingApproval",
        ["Applying"] = "Fixed",
        ["Verifying"] = "Fixed",
        ["Pending"] = "Fixed",
        ["Fixed"] = "Fixed",
        ["Undoing"] = "Held",
        ["Held"] = "Fixed",
        ["Escalated"] = "Escalated",
        ["Closed"] = "Closed",
    };

    public static TheoryData<string> States => [.. Enum.GetNames<IncidentState>()];

    [Theory]
    [MemberData(nameof(States))]
    public async Task Sweep_goes_on_from(string state)
    {
        await using var host = new InMemoryHost();
        var left = await LeftAsync(host, Enum.Parse<IncidentState>(state), due: TimeSpan.Zero);

        await host.SweepAsync();

        var incident = await host.IncidentAsync(left.Id);
        Assert.Equal(NextOf[state], incident!.State.ToString());
        Assert.True(incident.State is IncidentState.Closed || incident.Due > host.Now, "an open incident is due again, later");
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Sweep_leaves_alone_what_is_not_due(string state)
    {
        await using var host = new InMemoryHost();
        var left = await LeftAsync(host, Enum.Parse<IncidentState>(state), due: TimeSpan.FromHours(1));
        var calls = host.Calls.Count;

        await host.SweepAsync();

        Assert.Equal(left.Version, (await host.IncidentAsync(left.Id))!.Version);
        Assert.Equal(calls, host.Calls.Count);
    }

    [Fact]
    public async Task Worker_whose_lease_is_about_to_end_may_change_nothing_more()
    {
        await using var host = new InMemoryHost();
        var mine = Assert.IsType<Claim.Mine>(await host.Journal.ClaimAsync(Some.Incident(now: host.Now), host.Ct));
        var run = new Run(host.Journal, mine.Incident, mine.Lease, host.Clock);
        Assert.True(run.MayChange);

        host.Clock.Advance(mine.Lease.Until - host.Now - TimeSpan.FromSeconds(9));

        Assert.False(run.MayChange);
    }

    /// <summary>An incident as a worker that stopped would have left it; where that is a matter of the resource, the calls were made.</summary>
    private static async Task<Incident> LeftAsync(InMemoryHost host, IncidentState state, TimeSpan due)
    {
        var (_, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        var mine = Assert.IsType<Claim.Mine>(await host.Journal.ResumeAsync(await host.IncidentOf(ended), host.Ct));
        return await host.Journal.ReleaseAsync(
            mine.Incident with
            {
                State = state,
                Due = state is IncidentState.Closed ? null : host.Now + due,
                Reason = state is IncidentState.Escalated ? Reason.NotPermitted : null,
            },
            mine.Lease,
            host.Ct);
    }
}
