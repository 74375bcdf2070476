using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>Makes the calls of a plan in order, and continues correctly after a restart.</summary>
public sealed class ApplierTests
{
    private const string Before = """{"On":false,"Level":1}""";
    private const string After = """{"On":true,"Level":3}""";

    private readonly TestClock clock = new();

    [Fact]
    public async Task Plan_is_applied_by_its_calls()
    {
        var aws = new OneSetting(Before);
        var ready = Assert.IsType<Planning.Ready>(await Planner.PlanAsync(OneSetting.Wants, Scope.Empty, aws, CancellationToken.None));

        Assert.IsType<Applied.All>(await Applier.ApplyAsync(await RunAsync(), ready, aws, CancellationToken.None));

        Assert.Equal("""x:Write {"Setting":{"On":true,"Level":3}}""", Assert.Single(aws.Calls));
    }

    [Theory]
    [InlineData(After, 0)]
    [InlineData(Before, 1)]
    [InlineData("""{"On":true,"Level":1}""", 1)]
    public async Task Restarted_worker_makes_the_calls_that_are_left(string live, int calls)
    {
        var aws = new OneSetting(live);

        Assert.IsType<Applied.All>(await Applier.ResumeAsync(await RunAsync(), OneSetting.Wants, aws, CancellationToken.None));

        Assert.Equal(calls, aws.Calls.Count);
        Assert.True(StateComparer.Exact.Same(Json.Parse(After), aws.Live));
    }

    [Fact]
    public async Task Restarted_worker_stops_where_somebody_else_is_at_work()
    {
        var aws = new OneSetting("""{"On":true,"Level":9}""");

        var applied = Assert.IsType<Applied.Conflict>(
            await Applier.ResumeAsync(await RunAsync(), OneSetting.Wants, aws, CancellationToken.None));

        Assert.Equal("Level", Assert.Single(applied.Differences).At);
        Assert.Empty(aws.Calls);
    }

    [Fact]
    public async Task Remaining_part_of_a_change_gets_its_full_time()
    {
        var run = await RunAsync();
        clock.Advance(TimeSpan.FromSeconds(40));

        await Applier.ResumeAsync(run, OneSetting.Wants, new OneSetting(Before), CancellationToken.None);

        Assert.Equal(clock.GetUtcNow(), run.Incident.Change!.BeganAt);
    }

    [Fact]
    public async Task Nothing_is_called_once_all_changes_are_stopped()
    {
        var journal = new MemoryJournal(clock, TimeSpan.FromMinutes(2));
        var (run, aws) = (await RunAsync(journal), new OneSetting(Before));
        await journal.SetStopAsync("a migration", CancellationToken.None);

        await Assert.ThrowsAsync<ChangesStoppedException>(() => Applier.ResumeAsync(run, OneSetting.Wants, aws, CancellationToken.None));

        Assert.Empty(aws.Calls);
    }

    private async Task<Run> RunAsync(MemoryJournal? journal = null)
    {
        journal ??= new(clock, TimeSpan.FromMinutes(2));
        var mine = Assert.IsType<Claim.Mine>(await journal.ClaimAsync(Some.Incident(now: clock.GetUtcNow()), CancellationToken.None));
        var run = new Run(journal, mine.Incident, mine.Lease, clock);
        var change = OneSetting.Changed(
            OneSetting.Wants,
            new()
            {
                Step = "setting",
                Before = Json.Parse(Before),
                After = Json.Parse(After),
                Calls = [],
            });
        await run.SaveAsync(
            Transitions.Begun(run.Incident with { Change = change }, reverts: 0, clock.GetUtcNow(), clock.GetUtcNow().AddMinutes(3)),
            CancellationToken.None);
        return run;
    }
}
