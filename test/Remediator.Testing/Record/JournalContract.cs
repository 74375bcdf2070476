using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Testing.Record;

/// <summary>What every journal must do, wherever it stores incidents. Derived classes provide the journal and a clock.</summary>
public abstract partial class JournalContract
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private readonly TestClock _clock = new();
    private IJournal? _journal;
    private int _names;

    private IJournal Journal => _journal ??= (IJournal)Create(_clock);

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public async Task First_event_opens_an_incident_under_a_lease()
    {
        var incident = New();

        var mine = Assert.IsType<Claim.Mine>(await Journal.ClaimAsync(incident, Ct));

        Assert.True(mine.IsNew);
        Assert.Equal(incident.Id, mine.Incident.Id);
        Assert.True(mine.Lease.Until > Now);
        Assert.Equal(incident.Id, (await Journal.FindOpenAsync(incident.Key, Ct))?.Id);
    }

    [Fact]
    public async Task Resource_that_another_worker_has_is_taken_also_for_another_rule()
    {
        var incident = New();
        await ClaimAsync(incident);

        Assert.IsType<Claim.Taken>(await Journal.ClaimAsync(incident, Ct));
        var other = Some.Incident(incident.Resource, Some.Rule("other-rule"), now: Now);
        var taken = Assert.IsType<Claim.Taken>(await Journal.ClaimAsync(other, Ct));

        Assert.True(taken.Until > Now);
        Assert.Null(await Journal.FindOpenAsync(other.Key, Ct));
    }

    [Fact]
    public async Task Count_is_increased_beyond_its_limit_and_returned()
    {
        var budget = new Budget($"counted {++_names}", Limit: 1, Now.AddHours(1));

        Assert.Equal(0, await Journal.CountAsync(budget, 0, Ct));
        Assert.Equal(3, await Journal.CountAsync(budget, 3, Ct));
        Assert.Equal(4, await Journal.CountAsync(budget, 1, Ct));
        Assert.Equal(0, await Journal.CountAsync(budget with { WindowEnds = Now.AddHours(2) }, 0, Ct));
    }

    [Fact]
    public async Task Bookmark_is_the_value_that_was_set_last()
    {
        var name = $"place {++_names}";
        Assert.Null(await Journal.BookmarkAsync(name, Ct));

        await Journal.SetBookmarkAsync(name, "first", Ct);
        await Journal.SetBookmarkAsync(name, "second", Ct);

        Assert.Equal("second", await Journal.BookmarkAsync(name, Ct));
    }

    [Fact]
    public async Task Same_or_older_event_of_a_finished_run_is_answered()
    {
        var mine = await ClaimAsync(New());
        await ReleaseAsync(mine, IncidentState.Fixed);

        Assert.Equal(mine.Incident.Id, Assert.IsType<Claim.Answered>(await Journal.ClaimAsync(mine.Incident, Ct)).IncidentId);
        Assert.IsType<Claim.Answered>(await Journal.ClaimAsync(At(mine.Incident, -5), Ct));
    }

    [Fact]
    public async Task Observed_problem_is_taken_up_by_the_same_event_once_the_policy_says_to_act()
    {
        var mine = await ClaimAsync(New());
        await ReleaseAsync(mine, IncidentState.Observed);

        Assert.IsType<Claim.Answered>(await Journal.ClaimAsync(mine.Incident with { Terms = new() { Mode = Mode.Observe } }, Ct));
        var taken = Assert.IsType<Claim.Mine>(await Journal.ClaimAsync(mine.Incident with { Terms = new() { Mode = Mode.Auto } }, Ct));
        Assert.False(taken.IsNew);
    }

    [Fact]
    public async Task Newer_event_goes_on_with_the_open_incident_and_is_taken_in()
    {
        var mine = await ClaimAsync(New());
        await ReleaseAsync(mine, IncidentState.Fixed);
        var later = At(mine.Incident, 5);
        var newer = later with { Origin = later.Origin with { Annotation = "again" } };

        var again = Assert.IsType<Claim.Mine>(await Journal.ClaimAsync(newer, Ct));

        Assert.False(again.IsNew);
        Assert.Equal(mine.Incident.Id, again.Incident.Id);
        Assert.Equal(newer.Origin.RecordedAt, again.Incident.Origin.RecordedAt);
        Assert.Equal("again", again.Incident.Origin.Annotation);
        await ReleaseAsync(again, IncidentState.Fixed);
        Assert.IsType<Claim.Answered>(await Journal.ClaimAsync(newer, Ct));
    }

    [Fact]
    public async Task Redelivered_event_goes_on_with_what_a_dead_worker_left_once_its_lease_ran_out()
    {
        var dead = await ClaimAsync(New());
        await SaveAsync(dead, dead.Incident with { State = IncidentState.Applying, Attempts = 1 });
        Assert.IsType<Claim.Taken>(await Journal.ClaimAsync(dead.Incident, Ct));

        _clock.Advance(TimeSpan.FromMinutes(3));
        var heir = Assert.IsType<Claim.Mine>(await Journal.ClaimAsync(dead.Incident, Ct));

        Assert.False(heir.IsNew);
        Assert.Equal((IncidentState.Applying, 1), (heir.Incident.State, heir.Incident.Attempts));
        Assert.NotEqual(dead.Lease.Token, heir.Lease.Token);
    }

    [Fact]
    public async Task Worker_that_lost_its_lease_can_write_no_more()
    {
        var slow = await ClaimAsync(New());
        _clock.Advance(TimeSpan.FromMinutes(3));
        var heir = Assert.IsType<Claim.Mine>(await Journal.ClaimAsync(slow.Incident, Ct));

        await Assert.ThrowsAsync<LeaseLostException>(() => Journal.SaveAsync(slow.Incident, slow.Lease, Ct));
        await Assert.ThrowsAsync<LeaseLostException>(() => Journal.BeginAsync(slow.Incident, slow.Lease, [], Ct));
        await Assert.ThrowsAsync<LeaseLostException>(() => Journal.ReleaseAsync(slow.Incident, slow.Lease, Ct));
        await Journal.SaveAsync(heir.Incident, heir.Lease, Ct);
    }

    [Fact]
    public async Task Save_over_a_newer_version_is_refused()
    {
        var mine = await ClaimAsync(New());
        await SaveAsync(mine, mine.Incident with { Attempts = 1 });

        await Assert.ThrowsAsync<LeaseLostException>(() => Journal.SaveAsync(mine.Incident with { Attempts = 2 }, mine.Lease, Ct));

        Assert.Equal(1, (await Journal.FindOpenAsync(mine.Incident.Key, Ct))?.Attempts);
    }

    [Fact]
    public async Task Saves_count_up_and_keep_every_member()
    {
        var mine = await ClaimAsync(New());
        var next = mine.Incident with
        {
            State = IncidentState.Undoing,
            Reason = Reason.NotVerified,
            Detail = "ünïcode \u2028 <tag>",
            Entries = [new(Now, EntryKind.Noted, "one")],
            Change = Some.Planned(
                new([
                    new()
                    {
                        Step = "setting",
                        Before = Values.Json.Null,
                        After = Some.Json("""{"a":[1,{"b":null}]}"""),
                        Calls = [new("s3:PutX", Some.Json("{}"))],
                    },
                ])
            ) with
            {
                Inputs = Some.Json("""{"event":{"region":"us-east-1"}}"""),
                BeganAt = Now,
            },
            Telling = new()
            {
                Notice = NoticeState.Due,
                Reached = [new(NoticeKind.Escalation, "arn:aws:sns:us-east-1:123456789012:people")],
            },
        };

        var saved = await Journal.SaveAsync(next, mine.Lease, Ct);
        var found = (await Journal.FindOpenAsync(next.Key, Ct))!;

        Assert.Equal(next.Version + 1, saved.Version);
        Assert.Equal((saved.Version, next.State, next.Reason, next.Detail), (found.Version, found.State, found.Reason, found.Detail));
        Assert.Equal(next.Entries.AsEnumerable(), found.Entries);
        Assert.True(found.Plan!.Steps[0].Before.ValueKind is System.Text.Json.JsonValueKind.Null);
        Scenarios.Steps.AssertSame(next.Plan!.Steps[0].After, found.Plan.Steps[0].After);
        Scenarios.Steps.AssertSame(next.Change.Inputs, found.Change!.Inputs);
        Assert.Equal(next.Change.BeganAt, found.Change.BeganAt);
        Assert.Equal(next.Telling.Reached.AsEnumerable(), found.Telling.Reached);
    }

    [Fact]
    public async Task Released_resource_can_be_taken_at_once()
    {
        var mine = await ClaimAsync(New());
        var released = await ReleaseAsync(mine, IncidentState.Pending);

        var again = Assert.IsType<Claim.Mine>(await Journal.ResumeAsync(released, Ct));

        Assert.Equal((released.Version, false), (again.Incident.Version, again.IsNew));
    }

    [Fact]
    public async Task Incident_that_went_on_meanwhile_is_not_resumed()
    {
        var mine = await ClaimAsync(New());
        await ReleaseAsync(mine, IncidentState.Pending);

        Assert.IsType<Claim.Answered>(await Journal.ResumeAsync(mine.Incident with { Version = 7 }, Ct));
        Assert.IsType<Claim.Answered>(await Journal.ResumeAsync(mine.Incident, Ct));
    }

    [Fact]
    public async Task New_problem_after_the_end_opens_a_new_incident_and_an_old_event_does_not()
    {
        var mine = await ClaimAsync(New());
        var closed = await ReleaseAsync(mine, IncidentState.Closed);
        Assert.Null(await Journal.FindOpenAsync(closed.Key, Ct));

        Assert.IsType<Claim.Answered>(await Journal.ClaimAsync(closed with { State = IncidentState.Open }, Ct));
        var again = Assert.IsType<Claim.Mine>(await Journal.ClaimAsync(At(New(closed), 5), Ct));

        Assert.True(again.IsNew);
        Assert.NotEqual(closed.Id, again.Incident.Id);
    }

    [Fact]
    public async Task Fix_that_did_not_last_a_day_counts_as_reverted()
    {
        var mine = await ClaimAsync(New());
        var closed = await Journal.ReleaseAsync(
            mine.Incident with
            {
                State = IncidentState.Closed,
                Change = Some.Planned() with { IsInPlace = true },
                Reverts = 1,
                Due = null,
            },
            mine.Lease,
            Ct);

        var soon = Assert.IsType<Claim.Mine>(await Journal.ClaimAsync(At(New(closed), 60), Ct));
        Assert.Equal(2, soon.Incident.Reverts);
        var again = await Journal.ReleaseAsync(
            soon.Incident with
            {
                State = IncidentState.Closed,
                Change = Some.Planned() with { IsInPlace = true },
                Due = null,
            },
            soon.Lease,
            Ct);

        _clock.Advance(TimeSpan.FromDays(2));
        var late = Assert.IsType<Claim.Mine>(await Journal.ClaimAsync(At(New(again), 120), Ct));
        Assert.Equal(0, late.Incident.Reverts);
    }

    [Fact]
    public async Task Closed_incidents_are_found_by_when_they_were_closed_and_open_ones_are_not_among_them()
    {
        var early = await OpenAsync(dueIn: 0, IncidentState.Closed);
        var open = await OpenAsync(dueIn: 5);
        _clock.Advance(TimeSpan.FromHours(1));
        var since = Now;
        var late = await OpenAsync(dueIn: 0, IncidentState.Closed);

        var all = await IdsAsync(Journal.ClosedAsync(DateTimeOffset.MinValue, Ct));

        Assert.Contains(early.Id, all);
        Assert.Contains(late.Id, all);
        Assert.DoesNotContain(open.Id, all);
        Assert.Equal([late.Id], await IdsAsync(Journal.ClosedAsync(since, Ct)));
    }

    [Fact]
    public async Task Incident_is_found_by_its_id_open_or_closed_and_as_it_is_now()
    {
        var mine = await ClaimAsync(New());
        Assert.Equal(IncidentState.Open, (await FindAsync(mine.Incident.Id))?.State);

        var closed = await Journal.ReleaseAsync(
            mine.Incident with { State = IncidentState.Closed, Detail = "the end", Due = null }, mine.Lease, Ct);
        Assert.Equal((IncidentState.Closed, "the end"), ((await FindAsync(closed.Id))!.State, (await FindAsync(closed.Id))!.Detail));

        var resumed = Assert.IsType<Claim.Mine>(await Journal.ResumeAsync(closed, Ct));
        await ReleaseAsync(resumed, IncidentState.Held);
        Assert.Equal(IncidentState.Held, (await FindAsync(closed.Id))?.State);
    }

    [Fact]
    public async Task Closed_incident_is_found_although_a_newer_one_took_its_place()
    {
        var mine = await ClaimAsync(New());
        var closed = await ReleaseAsync(mine, IncidentState.Closed);
        var next = await ClaimAsync(At(New(closed), 5));

        Assert.Equal(IncidentState.Closed, (await FindAsync(closed.Id))?.State);
        Assert.Equal(IncidentState.Open, (await FindAsync(next.Incident.Id))?.State);
        Assert.Null(await FindAsync("0000-0000-0000"));
    }

    [Fact]
    public async Task Of_many_workers_one_gets_the_resource()
    {
        var incident = New();
        _ = Journal;

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Journal.ClaimAsync(incident, Ct))));

        Assert.Single(claims.OfType<Claim.Mine>());
    }

    /// <summary>Returns an empty journal (an <c>IJournal</c>) with a lease of two minutes.</summary>
    protected abstract object Create(TimeProvider clock);

    private static Incident At(Incident incident, int minutes) =>
        Some.Incident(incident.Resource, incident.Rule, incident.Origin.RecordedAt.AddMinutes(minutes)) with
        {
            OpenedAt = incident.OpenedAt,
            ChangedAt = incident.ChangedAt,
        };

    private static async Task<List<string>> IdsAsync(IAsyncEnumerable<Incident> incidents)
    {
        var ids = new List<string>();
        await foreach (var incident in incidents)
        {
            ids.Add(incident.Id);
        }

        return ids;
    }

    private Incident New() => Some.Incident(Some.Bucket($"bucket-{++_names}"), now: Now);

    private Incident New(Incident last) => Some.Incident(last.Resource, last.Rule, last.Origin.RecordedAt, Now);

    private Budget Budget(int limit) => new($"budget-{++_names}", limit, Now.AddHours(1));

    private async Task<Claim.Mine> ClaimAsync(Incident incident) => Assert.IsType<Claim.Mine>(await Journal.ClaimAsync(incident, Ct));

    private Task<Incident> SaveAsync(Claim.Mine mine, Incident next) => Journal.SaveAsync(next, mine.Lease, Ct);

    private Task<Incident> ReleaseAsync(Claim.Mine mine, IncidentState state) =>
        Journal.ReleaseAsync(
            mine.Incident with { State = state, Due = state is IncidentState.Closed ? null : mine.Incident.Due }, mine.Lease, Ct);

    private async Task<Begun> BeginAsync(params Budget[] budgets)
    {
        var mine = await ClaimAsync(New());
        return await Journal.BeginAsync(mine.Incident, mine.Lease, budgets, Ct);
    }

    private async Task<Incident> OpenAsync(int dueIn, IncidentState state = IncidentState.Pending)
    {
        var mine = await ClaimAsync(New());
        return await Journal.ReleaseAsync(mine.Incident with { State = state, Due = Now.AddMinutes(dueIn) }, mine.Lease, Ct);
    }

    private Task<Incident?> FindAsync(string id) => Journal.FindAsync(new IncidentId(id), Ct);

    /// <summary>A value that compresses to three quarters at best: base64 of random bytes.</summary>
    private static System.Text.Json.JsonElement Noise(int letters)
    {
        var bytes = new byte[letters / 4 * 3];
        new Random(1).NextBytes(bytes);
        return Values.Json.Object([KeyValuePair.Create("noise", Values.Json.Text(Convert.ToBase64String(bytes)))]);
    }
}
