using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Testing.Record;

/// <summary>When a change may begin: budgets, breakers, the stop, and space for what its undo needs.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task Used_up_budget_refuses_and_counts_nothing()
    {
        var (wide, narrow) = (Budget(5), Budget(1));
        Assert.IsType<Begun.Yes>(await BeginAsync(wide, narrow));

        var over = Assert.IsType<Begun.OverBudget>(await BeginAsync(wide, narrow));
        Assert.Equal(narrow.Name, over.Budget.Name);

        for (var i = 0; i < 4; i++)
        {
            Assert.IsType<Begun.Yes>(await BeginAsync(wide));
        }

        Assert.IsType<Begun.OverBudget>(await BeginAsync(wide));
        Assert.IsType<Begun.Yes>(await BeginAsync(wide with { WindowEnds = wide.WindowEnds.AddHours(1) }));
    }

    [Fact]
    public async Task Budget_of_zero_lets_no_change_begin() => Assert.IsType<Begun.OverBudget>(await BeginAsync(Budget(0)));

    [Fact]
    public async Task Incident_that_does_not_fit_is_refused_and_what_was_there_stays()
    {
        var (incident, lease, _) = await ClaimAsync(New());
        var large = incident with { State = IncidentState.Applying, Change = Some.Planned() with { Inputs = Noise(600_000) } };

        Assert.Equal(
            incident.Id, (await Assert.ThrowsAsync<IncidentTooLargeException>(() => Journal.BeginAsync(large, lease, [], Ct))).Incident);
        await Assert.ThrowsAsync<IncidentTooLargeException>(() => Journal.SaveAsync(large, lease, Ct));
        await Assert.ThrowsAsync<IncidentTooLargeException>(() => Journal.ReleaseAsync(large, lease, Ct));

        Assert.Equal(incident.Version, (await Journal.ReleaseAsync(incident, lease, Ct)).Version - 1);
    }

    [Fact]
    public async Task Change_begins_only_where_its_undo_will_fit_too()
    {
        var (incident, lease, _) = await ClaimAsync(New());
        var large = incident with { State = IncidentState.Applying, Change = Some.Planned() with { Inputs = Noise(280_000) } };

        await Assert.ThrowsAsync<IncidentTooLargeException>(() => Journal.BeginAsync(large, lease, [], Ct));

        await Journal.SaveAsync(large, lease, Ct);
    }

    [Fact]
    public async Task Stopped_changes_do_not_begin_until_they_are_allowed_again()
    {
        await Journal.SetStopAsync("a bad day", Ct);
        try
        {
            Assert.Contains("a bad day", Assert.IsType<Begun.Stopped>(await BeginAsync()).Why, StringComparison.Ordinal);
            Assert.Equal("a bad day", await Journal.WhyStoppedAsync(Ct));
        }
        finally
        {
            await Journal.SetStopAsync(null, Ct);
        }

        Assert.Null(await Journal.WhyStoppedAsync(Ct));
        Assert.IsType<Begun.Yes>(await BeginAsync());
    }

    [Fact]
    public async Task Open_breaker_refuses_and_is_not_counted_by_what_begins()
    {
        var breaker = Budget(2) with { IsBreaker = true };
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<Begun.Yes>(await BeginAsync(breaker));
        }

        await Journal.CountAsync(breaker, 2, Ct);

        Assert.True(Assert.IsType<Begun.OverBudget>(await BeginAsync(breaker)).Budget.IsBreaker);
    }

    [Fact]
    public async Task Half_open_breaker_lets_one_of_many_workers_through()
    {
        var breaker = Budget(2) with { IsBreaker = true };
        await Journal.CountAsync(breaker with { Trials = 1 }, 1, Ct);

        var begun = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => BeginAsync(breaker)));

        Assert.Single(begun.OfType<Begun.Yes>());
        Assert.Equal(5, begun.OfType<Begun.OverBudget>().Count());
    }
}
