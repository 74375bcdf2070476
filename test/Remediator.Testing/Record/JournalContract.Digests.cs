using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Testing.Record;

/// <summary>The aggregate: each ended incident once, as it last ended, whatever happened before.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task Ended_incident_is_in_the_aggregate_with_its_end_and_an_open_one_is_not()
    {
        var open = await ClaimAsync(New());
        await ReleaseAsync(open, IncidentState.Escalated);
        var mine = await ClaimAsync(New());
        var closed = await ReleaseAsync(mine, IncidentState.Closed);

        var ended = await EndedAsync(closed);

        Assert.Equal(Digest.Of(closed), Assert.Single(ended));
        Assert.Empty(await EndedAsync(open.Incident));
    }

    [Fact]
    public async Task Incident_that_ends_twice_is_there_once_as_it_ended_last()
    {
        var closed = await ReleaseAsync(await ClaimAsync(New()), IncidentState.Closed);
        var again = Assert.IsType<Claim.Mine>(await Journal.ResumeAsync(closed, Ct));
        var held = await Journal.ReleaseAsync(again.Incident with { State = IncidentState.Held, Due = Now.AddDays(7) }, again.Lease, Ct);
        var last = Assert.IsType<Claim.Mine>(await Journal.ResumeAsync(held, Ct));
        var end = await Journal.ReleaseAsync(last.Incident with { State = IncidentState.Closed, Due = null }, last.Lease, Ct);

        Assert.Equal(Digest.Of(end), Assert.Single(await EndedAsync(closed)));
    }

    [Fact]
    public async Task End_that_is_refused_is_not_counted()
    {
        var slow = await ClaimAsync(New());
        _clock.Advance(TimeSpan.FromMinutes(3));
        await ClaimAsync(slow.Incident);

        await Assert.ThrowsAsync<LeaseLostException>(() => ReleaseAsync(slow, IncidentState.Closed));

        Assert.Empty(await EndedAsync(slow.Incident));
    }

    [Fact]
    public async Task Incidents_of_earlier_days_are_found_as_far_back_as_is_asked()
    {
        var early = await ReleaseAsync(await ClaimAsync(New()), IncidentState.Closed);
        _clock.Advance(TimeSpan.FromDays(3));
        var since = Now;
        var late = await ReleaseAsync(await ClaimAsync(New()), IncidentState.Closed);

        var all = (await Journal.EndedAsync(Now.AddDays(-5), Ct)).Items.Select(d => d.Id).ToList();
        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        Assert.Single(await EndedAsync(early));
        var ids = (await Journal.EndedAsync(since, Ct)).Items.Select(d => d.Id).ToList();
        Assert.Contains(late.Id, ids);
        Assert.DoesNotContain(early.Id, ids);
    }

    [Fact]
    public async Task Changes_of_a_rule_come_the_newest_first_and_those_of_others_do_not()
    {
        var rule = Some.Rule($"rule-{++_names}");
        var first = await ChangedAsync(rule, 1);
        var second = await ChangedAsync(rule, 2);
        await ChangedAsync(Some.Rule($"rule-{++_names}"), 3);
        await ReleaseAsync(await ClaimAsync(New() with { Origin = New().Origin with { Rule = rule } }), IncidentState.Escalated);

        var all = await Journal.ChangedAsync(rule.Name, 10, Ct);

        Assert.Equal([second, first], all.Items.Select(d => d.Id));
        Assert.Equal([second], (await Journal.ChangedAsync(rule.Name, 1, Ct)).Items.Select(d => d.Id));
    }

    [Fact]
    public async Task Change_that_was_put_back_is_among_those_of_its_rule()
    {
        var rule = Some.Rule($"rule-{++_names}");
        var mine = await ClaimAsync(Some.Incident(Some.Bucket($"bucket-{++_names}"), rule, now: Now));

        await Journal.ReleaseAsync(
            mine.Incident with { State = IncidentState.Held, Course = new() { Undone = 1 } }, mine.Lease, Ct);

        Assert.Equal(mine.Incident.Id, Assert.Single((await Journal.ChangedAsync(rule.Name, 10, Ct)).Items).Id);
    }

    [Fact]
    public async Task Rebuilding_writes_nothing_where_nothing_is_missing()
    {
        var closed = await ReleaseAsync(await ClaimAsync(New()), IncidentState.Closed);

        var rebuilt = await Journal.RebuildAsync(_ => { }, Ct);

        Assert.True(rebuilt.Incidents > 0);
        Assert.Equal(0, rebuilt.Written);
        Assert.Single(await EndedAsync(closed));
    }

    private async Task<IReadOnlyList<Digest>> EndedAsync(Incident incident) =>
        [.. (await Journal.EndedAsync(Now.AddDays(-5), Ct)).Items.Where(d => d.Id == incident.Id)];

    private async Task<string> ChangedAsync(RuleRef rule, int minutes)
    {
        var opening = Some.Incident(Some.Bucket($"bucket-{++_names}"), rule, Some.Time.AddMinutes(minutes), Now);
        var mine = await ClaimAsync(opening);
        var next = mine.Incident with { State = IncidentState.Fixed, Course = new() { Fixes = 1 } };
        return (await Journal.ReleaseAsync(next, mine.Lease, Ct)).Id;
    }
}
