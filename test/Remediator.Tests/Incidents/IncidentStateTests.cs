using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Incidents;

/// <summary>
/// Every cell of the table in the remarks of <see cref="Transitions"/>: who finds an incident in a state, and what follows.
/// </summary>
public sealed class IncidentStateTests
{
    private const string Stays = "-";
    private const string Refused = "refused";

    public static TheoryData<string, string, string> Moves
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (state, mover, next) in MoveTable.InTheDocumentation)
            {
                data.Add(state, mover, next);
            }

            return data;
        }
    }

    public static TheoryData<string> States => [.. Enum.GetNames<IncidentState>()];

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task Incident_that_is_found_in_a_state_by_somebody_becomes(string state, string mover, string next)
    {
        await using var host = new InMemoryHost();
        var (left, change) = await LeftAsync(
            host, Enum.Parse<IncidentState>(state), due: mover is "sweep" ? TimeSpan.Zero : TimeSpan.FromHours(1));

        var ended = await MoveAsync(host, mover, left, change);

        var incident = (await host.IncidentAsync(left.Id))!;
        Assert.Equal(
            next,
            ended?.Outcome is Refused ? Refused
                : incident.Version == left.Version ? Stays
                : incident.State.ToString());
        Assert.True(
            incident.State is IncidentState.Closed || incident.Version == left.Version || incident.Due > host.Now,
            "an open incident is due again, later");
    }

    [Fact]
    public void Table_names_every_state_and_is_the_same_in_the_code_and_in_the_documentation()
    {
        Assert.Equal(Enum.GetNames<IncidentState>(), MoveTable.InTheDocumentation.Select(m => m.State).Distinct());
        Assert.Equal(MoveTable.InTheDocumentation, MoveTable.InTheCode);
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Sweep_leaves_alone_what_is_not_due(string state)
    {
        await using var host = new InMemoryHost();
        var (left, _) = await LeftAsync(host, Enum.Parse<IncidentState>(state), due: TimeSpan.FromHours(1));
        var calls = host.Calls.Count;

        await host.SweepAsync();

        Assert.Equal(left.Version, (await host.IncidentAsync(left.Id))!.Version);
        Assert.Equal(calls, host.Calls.Count);
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task Nobody_moves_what_another_worker_has(string state, string mover, string next)
    {
        await using var host = new InMemoryHost();
        var (left, change) = await LeftAsync(host, Enum.Parse<IncidentState>(state), due: TimeSpan.Zero);
        Assert.IsType<Claim.Mine>(await host.Journal.ResumeAsync(left, host.Ct));
        var changes = host.Changes().Count();

        await MoveAsync(host, mover, left, change);

        Assert.True(left.Version == (await host.IncidentAsync(left.Id))!.Version, $"it may go to {next} only once the resource is free");
        Assert.Equal(changes, host.Changes().Count());
    }

    [Fact]
    public async Task Worker_whose_lease_is_about_to_end_may_change_nothing_more()
    {
        await using var host = new InMemoryHost();
        var mine = Assert.IsType<Claim.Mine>(await host.Journal.ClaimAsync(Some.Incident(now: host.Now), host.Ct));
        var run = new Run(host.Journal, mine.Incident, mine.Lease, host.Clock);
        await run.CheckAsync(host.Ct);

        host.Clock.Advance(mine.Lease.Until - host.Now - TimeSpan.FromSeconds(9));

        await Assert.ThrowsAsync<LeaseLostException>(() => run.CheckAsync(host.Ct));
    }

    private static async Task<Ended?> MoveAsync(InMemoryHost host, string mover, Incident left, ComplianceChange change)
    {
        switch (mover)
        {
            case "same event":
                return await host.SendAsync(change);
            case "newer event":
                return await host.SendAsync(change.Later(10));
            case "compliant event":
                return await host.SendAsync(change.Later(10, Compliance.Compliant));
            case "sweep":
                await host.SweepAsync();
                return null;
            default:
                return await host.OperateAsync(new(Enum.Parse<OperatorVerb>(mover, ignoreCase: true), left.Id, "alice", "a reason", false));
        }
    }

    /// <summary>An incident as a stopped worker would have left it, and the resource in the corresponding state.</summary>
    private static async Task<(Incident Left, ComplianceChange Change)> LeftAsync(InMemoryHost host, IncidentState state, TimeSpan due)
    {
        var (bucket, _, change, ended) = await host.FixedBucketAsync(HalfBlocked);
        var mine = Assert.IsType<Claim.Mine>(await host.Journal.ResumeAsync(await host.IncidentOf(ended), host.Ct));
        var isChanged =
            state
            is IncidentState.Applying
                or IncidentState.Verifying
                or IncidentState.Fixed
                or IncidentState.Undoing
                or IncidentState.Closed;
        if (!isChanged)
        {
            await host.BlockAsync(bucket.Id, HalfBlocked);
        }

        var left = await host.Journal.ReleaseAsync(
            mine.Incident with
            {
                State = state,
                Due = state is IncidentState.Closed ? null : host.Now + due,
                Change = mine.Incident.Change! with { IsInPlace = isChanged },
                FixedAt = isChanged ? mine.Incident.FixedAt : null,
                Reason = state is IncidentState.Escalated ? Reason.NotPermitted : null,
                Telling = new()
                {
                    ToldReason = state is IncidentState.Escalated ? Reason.NotPermitted : null,
                    Notice = state is IncidentState.Escalated or IncidentState.AwaitingApproval ? NoticeState.Sent : NoticeState.None,
                },
            },
            mine.Lease,
            host.Ct);
        return (left, change);
    }
}
