using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Moq;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Record;
using Remediator.Testing.Record.Dynamo;

namespace Remediator.Tests.Record;

/// <summary>The DynamoDB journal meets the contract on a table in memory, and does what only that one can show.</summary>
public sealed class TableJournalTests : JournalContract, IDisposable
{
    private readonly TestClock clock = new();
    private readonly DynamoInMemory table = new();

    private DynamoJournal New => new(table, new("journal"), new FixedKey("journal"), clock);

    private DateTimeOffset Now => clock.GetUtcNow();

    public void Dispose() => table.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task Transactions_that_meet_cost_each_other_a_try(int conflicts)
    {
        table.Meetings = conflicts;

        Assert.IsType<Claim.Mine>(await New.ClaimAsync(Some.Incident(now: Now), default));
        Assert.Equal(conflicts + 1, table.Transactions);
    }

    [Fact]
    public async Task Tries_end()
    {
        table.Meetings = 7;

        await Assert.ThrowsAsync<JournalBusyException>(() => New.ClaimAsync(Some.Incident(now: Now), default));
        Assert.Equal(7, table.Transactions);
    }

    [Fact]
    public async Task Order_to_stop_and_a_count_that_meet_a_change_are_written_all_the_same()
    {
        clock.RealUpTo = TimeSpan.FromSeconds(2);
        var over = new TaskCompletionSource();
        var breaker = new Budget("failures", 5, Now.AddHours(1)) { IsBreaker = true };
        var mine = Assert.IsType<Claim.Mine>(await New.ClaimAsync(Some.Incident(now: Now), default));

        table.UnderWay = () => over.Task;
        var begin = New.BeginAsync(mine.Incident, mine.Lease, [breaker], default);
        var count = New.CountAsync(breaker, 1, default);
        var stop = New.SetStopAsync("all of it is wrong", default);
        var met = table.Conflicts;
        over.SetResult();
        await stop;

        Assert.Equal(1, await count);
        Assert.IsType<Begun.Yes>(await begin);
        Assert.Equal("all of it is wrong", await New.WhyStoppedAsync(default));
        Assert.InRange(met, 2, 14);
    }

    [Fact]
    public async Task Pauses_between_tries_double()
    {
        table.Meetings = 6;
        var began = Now;

        await New.ClaimAsync(Some.Incident(now: Now), default);

        // 50, 100, … 1600 ms, each at least half as long as that.
        Assert.InRange(Now - began, TimeSpan.FromMilliseconds(3150 / 2), TimeSpan.FromMilliseconds(3150));
    }

    [Fact]
    public async Task Worker_that_finds_the_resource_taken_hears_until_when()
    {
        var incident = Some.Incident(now: Now);
        var mine = Assert.IsType<Claim.Mine>(await New.ClaimAsync(incident, default));
        Assert.Equal(Now + new JournalSettings("").LeaseTime, mine.Lease.Until);
        clock.Advance(TimeSpan.FromSeconds(9));

        Assert.Equal(mine.Lease.Until, Assert.IsType<Claim.Taken>(await New.ClaimAsync(incident, default)).Until);
        Assert.Equal(mine.Lease.Until, Assert.IsType<Claim.Taken>(await New.ResumeAsync(incident, default)).Until);
    }

    /// <summary>Stored with the next version and the time of the write.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Change_begins_as_long_as_it_takes_no_more_than_half_of_the_room(int over)
    {
        var mine = Assert.IsType<Claim.Mine>(await New.ClaimAsync(Some.Incident(now: Now), default));
        var large = Filling(mine.Incident, JournalJson.MostBytesAtBegin + over);

        var begin = New.BeginAsync(large, mine.Lease, [], default);

        if (over == 0)
        {
            Assert.IsType<Begun.Yes>(await begin);
        }
        else
        {
            await Assert.ThrowsAsync<IncidentTooLargeException>(() => begin);
        }
    }

    /// <summary>The incident with a text of such length that it takes just so many bytes, once it is written.</summary>
    private Incident Filling(Incident incident, int bytes)
    {
        var noise = new byte[bytes];
        new Random(7).NextBytes(noise);
        var text = Convert.ToBase64String(noise);
        Incident With(int length) => incident with { Origin = incident.Origin with { Annotation = text[..length] } };
        int SizeOf(int length) => JournalJson.Pack(
            With(length) with { Version = incident.Version + 1, ChangedAt = Now }, JournalJson.MostBytes).Length;

        var (less, more) = (0, text.Length);
        while (more - less > 1)
        {
            var between = (less + more) / 2;
            (less, more) = SizeOf(between) < bytes ? (between, more) : (less, between);
        }

        // A longer text may be packed into a byte less: the nearest that fits is taken.
        return With(Enumerable.Range(less - 100, 200).OrderBy(length => Math.Abs(length - less)).First(length => SizeOf(length) == bytes));
    }

    [Fact]
    public async Task Lease_is_free_only_after_its_end()
    {
        var incident = Some.Incident(now: Now);
        var mine = Assert.IsType<Claim.Mine>(await New.ClaimAsync(incident, default));
        clock.SetUtcNow(mine.Lease.Until);
        Assert.IsType<Claim.Taken>(await New.ResumeAsync(incident, default));

        clock.Advance(TimeSpan.FromTicks(1));

        Assert.IsType<Claim.Mine>(await New.ResumeAsync(incident, default));
    }

    [Fact]
    public async Task Items_expire_a_day_after_they_are_of_use_and_closed_incidents_after_their_retention()
    {
        var (budget, incident) = (new Budget("changes", 5, Now.AddHours(1)), Some.Incident(now: Now));
        await New.CountAsync(budget, 2, default);
        var mine = Assert.IsType<Claim.Mine>(await New.ClaimAsync(incident, default));
        Assert.Equal(Now.AddHours(25), Expires(DynamoItems.BudgetKey(budget)));
        Assert.Equal(mine.Lease.Until.AddDays(1), Expires(DynamoItems.LeaseKey(incident.Resource))!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal(incident.Id, table[DynamoItems.LeaseKey(incident.Resource)]!["incident"].S);
        Assert.Null(Expires(DynamoItems.CurrentKey(incident.Key)));
        Assert.Null(Expires(DynamoItems.IdKey(incident.Id)));

        await New.ReleaseAsync(mine.Incident with { State = IncidentState.Closed, Due = null }, mine.Lease, default);

        Assert.Null(table[DynamoItems.LeaseKey(incident.Resource)]);
        Assert.Equal(Now.AddDays(400), Expires(DynamoItems.CurrentKey(incident.Key)));
        Assert.Equal(Now.AddDays(400), Expires(DynamoItems.IdKey(incident.Id)));
    }

    [Fact]
    public async Task Item_says_in_plain_attributes_what_is_searched_and_read_by_people()
    {
        var incident = Some.Incident(now: Now);
        await New.ClaimAsync(incident, default);

        var item = table[DynamoItems.CurrentKey(incident.Key)]!;

        Assert.Equal(
            ["open", incident.Id, "Open", incident.Resource.Account, incident.Resource.Region, incident.Resource.Type, incident.Resource.Id,
                incident.Rule.Name, DynamoItems.Time(incident.Due!.Value), DynamoItems.Time(Now),
                DynamoItems.Time(incident.Origin.RecordedAt)],
            (string[])[item["open"].S.Split('#')[0], item["id"].S, item["state"].S, item["account"].S, item["region"].S,
                item["resourceType"].S, item["resourceId"].S, item["rule"].S, item["due"].S, item["changedAt"].S, item["recordedAt"].S]);
        Assert.Equal(("0", $"{Incident.CurrentShape}"), (item["version"].N, item["v"].N));
        Assert.Equal(incident.Key, table[DynamoItems.IdKey(incident.Id)]!["incidentKey"].S);
    }

    [Fact]
    public async Task Stop_has_its_reason_and_time_and_is_gone_when_it_ends()
    {
        await New.SetStopAsync("a bad day", default);
        Assert.Equal("a bad day", await New.WhyStoppedAsync(default));
        Assert.Equal(DynamoItems.Time(Now), table[DynamoItems.StopKey]!["since"].S);

        await New.SetStopAsync(null, default);

        Assert.Null(await New.WhyStoppedAsync(default));
        Assert.Null(table[DynamoItems.StopKey]);
    }

    [Fact]
    public async Task Process_that_stops_changes_does_not_go_by_what_it_saw_before()
    {
        var journal = New;
        for (var n = 0; n < 60; n++)
        {
            await BeginAsync(journal, $"bucket-{n}");
        }

        await journal.SetStopAsync("a bad day", default);

        Assert.Equal("a bad day", Assert.IsType<Begun.Stopped>(await BeginAsync(journal, "one-more")).Why);
    }

    [Fact]
    public async Task Begun_change_is_counted_once_in_each_budget_with_its_expiry()
    {
        Budget[] budgets = [new("all", 5, Now.AddHours(1)), new("account", 5, Now.AddHours(1))];

        Assert.IsType<Begun.Yes>(await BeginAsync(New, "a", budgets));

        // Before the counts are read, which sets it, too.
        Assert.All(budgets, b => Assert.Equal(Now.AddHours(25), Expires(DynamoItems.BudgetKey(b))));
        Assert.All(await Task.WhenAll(budgets.Select(b => New.CountAsync(b, 0, default))), n => Assert.Equal(1, n));
    }

    [Fact]
    public async Task Budget_that_is_used_up_is_named()
    {
        Budget[] budgets = [new("all", 5, Now.AddHours(1)), new("account", 1, Now.AddHours(1))];
        await BeginAsync(New, "a", budgets);

        var over = Assert.IsType<Begun.OverBudget>(await BeginAsync(New, "b", budgets));

        Assert.Equal("account", over.Budget.Name);
        Assert.All(await Task.WhenAll(budgets.Select(b => New.CountAsync(b, 0, default))), n => Assert.Equal(1, n));
    }

    [Fact]
    public async Task Half_open_breaker_counts_its_trials()
    {
        var breaker = new Budget("failures", 3, Now.AddHours(1)) { IsBreaker = true, Trials = 1 };
        await New.CountAsync(breaker, 2, default);

        Assert.IsType<Begun.Yes>(await BeginAsync(New, "a", breaker with { Trials = null }));
        Assert.IsType<Begun.OverBudget>(await BeginAsync(New, "b", breaker with { Trials = null }));

        var item = table[DynamoItems.BudgetKey(breaker)]!;
        Assert.Equal(("2", "1", "1"), (item["n"].N, item["begun"].N, item["trials"].N));
        Assert.Equal(["begun", "expires", "n", "pk", "sk", "trials"], item.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Change_without_the_lease_does_not_begin()
    {
        var mine = Assert.IsType<Claim.Mine>(await New.ClaimAsync(Some.Incident(now: Now), default));

        await Assert.ThrowsAsync<LeaseLostException>(
            () => New.BeginAsync(mine.Incident, mine.Lease with { Token = "another's" }, [], default));
        await Assert.ThrowsAsync<LeaseLostException>(
            () => New.BeginAsync(mine.Incident with { Version = 7 }, mine.Lease, [], default));
        Assert.IsType<Begun.Yes>(await New.BeginAsync(mine.Incident, mine.Lease, [], default));
    }

    [Fact]
    public async Task Id_whose_incident_is_gone_finds_nothing()
    {
        var incident = Some.Incident(now: Now);
        await New.ClaimAsync(incident, default);
        await table.DeleteItemAsync("journal", DynamoItems.CurrentKey(incident.Key));

        Assert.Null(await New.FindAsync(new(incident.Id), default));
        Assert.Null(await New.FindAsync(new("no-incident"), default));
    }

    [Fact]
    public async Task Event_whose_incident_is_gone_opens_it_under_its_own_id_again()
    {
        var incident = Some.Incident(now: Now);
        var mine = Assert.IsType<Claim.Mine>(await New.ClaimAsync(incident, default));
        await New.ReleaseAsync(mine.Incident, mine.Lease, default);
        await table.DeleteItemAsync("journal", DynamoItems.CurrentKey(incident.Key));

        Assert.Equal(incident.Id, Assert.IsType<Claim.Mine>(await New.ClaimAsync(incident, default)).Incident.Id);
    }

    /// <summary>Between the refusal, which shows the closed one, and the second try somebody else opened the next.</summary>
    [Fact]
    public async Task Event_that_comes_second_to_the_next_incident_finds_the_resource_taken()
    {
        var closed = Some.Incident(now: Now) with { State = IncidentState.Closed };
        var (dynamo, tries) = (new Mock<IAmazonDynamoDB>(), 0);
        dynamo.Setup(d => d.TransactWriteItemsAsync(It.IsAny<TransactWriteItemsRequest>(), default)).ReturnsAsync(
            () => throw new TransactionCanceledException("")
            {
                CancellationReasons =
                [
                    new() { Code = "None" },
                    new() { Code = "ConditionalCheckFailed", Item = tries++ == 0 ? DynamoItems.Current(closed, default) : null },
                    new() { Code = "None" },
                ],
            });
        var journal = new DynamoJournal(
            dynamo.Object, new("journal") { UnsealedUntil = Now.AddDays(1) }, new FixedKey("journal"), clock);

        var claim = await journal.ClaimAsync(Some.Incident(recordedAt: Some.Time.AddMinutes(5), now: Now), default);

        Assert.Equal(new Claim.Taken(Now), claim);
        Assert.Equal(2, tries);
    }

    [Fact]
    public void Incident_is_opened_over_the_closed_one_that_was_seen_and_no_other()
    {
        var (closed, opening) = (Some.Incident() with { State = IncidentState.Closed, Version = 7 }, Some.Incident(now: Now));
        var writes = new DynamoWrites(new("journal"), clock);

        var (first, next) = (writes.OpenCurrent(opening, null).Put, writes.OpenCurrent(opening, closed).Put);

        Assert.Equal("attribute_not_exists(pk)", first.ConditionExpression);
        Assert.Equal("#version = :version AND #id = :id", next.ConditionExpression);
        Assert.Equal(("7", closed.Id), (next.ExpressionAttributeValues[":version"].N, next.ExpressionAttributeValues[":id"].S));
        Assert.Equal(("version", "id"), (next.ExpressionAttributeNames["#version"], next.ExpressionAttributeNames["#id"]));
    }

    [Fact]
    public async Task Zero_budget_is_refused_also_where_nothing_was_counted_yet()
    {
        var over = Assert.IsType<Begun.OverBudget>(await BeginAsync(New, "a", new Budget("none", 0, Now.AddHours(1))));

        Assert.Equal("none", over.Budget.Name);
        Assert.Null(table[DynamoItems.BudgetKey(over.Budget)]);
    }

    [Fact]
    public void Part_of_a_budget_is_an_item_of_its_own_and_a_whole_one_is_what_it_always_was()
    {
        var budget = new Budget("all", 5, Now);

        Assert.Equal($"budget#all#{DynamoItems.Time(Now)}", DynamoItems.BudgetKey(budget)["pk"].S);
        Assert.Equal($"budget#all#2#{DynamoItems.Time(Now)}", DynamoItems.BudgetKey(budget with { Part = 2 })["pk"].S);
    }

    [Fact]
    public void Every_item_has_the_key_that_is_written_down()
    {
        var (order, resource) = (DynamoItems.EndedOrderKey("an-order", Now), new ResourceKey("1", "us-east-1", "AWS::S3::Bucket", "a"));
        (Dictionary<string, AttributeValue> Key, string Pk, string Sk)[] keys =
        [
            (DynamoItems.StopKey, "control#stop", "control"),
            (DynamoItems.BookmarkKey("a"), "control#bookmark#a", "control"),
            (DynamoItems.RolloutsKey, "control#rollouts", "control"),
            (DynamoItems.OrdersKey, "control#orders", "control"),
            (DynamoItems.OrderKey("an-order"), "orders", "an-order"),
            (order, "orders#ended", $"{DynamoItems.Time(Now)}#an-order"),
            (DynamoItems.CurrentKey("a"), "incident#a", "current"),
            (DynamoItems.IdKey("a"), "id#a", "id"),
            (DynamoItems.LeaseKey(resource), "resource#1|us-east-1|AWS::S3::Bucket|a", "lease"),
            (DynamoItems.BudgetKey(new("a", 1, Now)), $"budget#a#{DynamoItems.Time(Now)}", "count"),
        ];

        Assert.All(keys, k => Assert.Equal((k.Pk, k.Sk), (k.Key["pk"].S, k.Key["sk"].S)));
        Assert.Equal("urgent#0 open#7 open", $"{DynamoItems.Partitions[0]} {DynamoItems.Partitions[15]} {DynamoItems.Partitions[16]}");
    }

    [Fact]
    public async Task Counting_a_breaker_makes_a_process_ask_again_and_looking_at_it_does_not()
    {
        var (journal, breaker) = (New, new Budget("failures", 3, Now.AddHours(1)) { IsBreaker = true });
        for (var n = 0; n < 60; n++)
        {
            await BeginAsync(journal, $"bucket-{n}", breaker);
        }

        Assert.Equal(2, table.LastTransaction);
        await journal.CountAsync(breaker, 0, default);
        await BeginAsync(journal, "looked", breaker);
        Assert.Equal(2, table.LastTransaction);
        await journal.CountAsync(breaker, 1, default);
        await BeginAsync(journal, "counted", breaker);
        Assert.Equal(4, table.LastTransaction);
    }

    protected override object Create(TimeProvider clock) =>
        new DynamoJournal(table, new("journal"), new FixedKey("journal"), clock);

    private async Task<Begun> BeginAsync(DynamoJournal journal, string bucket, params Budget[] budgets)
    {
        var mine = Assert.IsType<Claim.Mine>(await journal.ClaimAsync(Some.Incident(Some.Bucket(bucket), now: Now), default));
        return await journal.BeginAsync(mine.Incident, mine.Lease, budgets, default);
    }

    private DateTimeOffset? Expires(Dictionary<string, AttributeValue> key) =>
        table[key]?.GetValueOrDefault("expires")?.N is { } seconds
            ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture))
            : null;
}
