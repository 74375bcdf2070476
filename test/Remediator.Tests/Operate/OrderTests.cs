using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Operate;

/// <summary>What people say by command that lasts holds until its end, and no longer.</summary>
public sealed class OrderTests
{
    private const string Asks = "defaults: {mode: approve, owner: platform}";

    [Theory]
    [InlineData("buck*", null, null, null)]
    [InlineData(null, "s3_*", null, null)]
    [InlineData(null, "s3-bucket-level-*", "123456789012", "us-east-1")]
    [InlineData("bucket", "*", null, "us-*")]
    public async Task Exempt_resource_is_left_alone_and_no_incident_is_opened(
        string? resource, string? rule, string? account, string? region)
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var match = new OrderMatch { Resource = resource, Rule = rule, Account = account, Region = region };

        AssertOutcome("done", await GiveAsync(host, OperatorVerb.Exempt, match));
        var ended = await host.SendAsync(change);

        AssertOutcome("skipped", ended);
        Assert.Contains("claimed by alice: on purpose", ended.Why, StringComparison.Ordinal);
        Assert.Null(ended.Incident);
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    [Theory]
    [InlineData("other", null)]
    [InlineData(null, "IAM_*")]
    public async Task Order_about_something_else_changes_nothing(string? resource, string? rule)
    {
        await using var host = new InMemoryHost();
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);

        await GiveAsync(host, OperatorVerb.Exempt, new() { Resource = resource, Rule = rule });

        AssertOutcome("fixed", await host.SendAsync(change));
    }

    [Fact]
    public async Task Order_is_over_at_its_time_even_where_no_sweep_came_by()
    {
        await using var host = new InMemoryHost();
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        await GiveAsync(host, OperatorVerb.Exempt, new() { Resource = "bucket" }, days: 2);
        await host.PassAsync(TimeSpan.FromDays(2));

        AssertOutcome("fixed", await host.SendAsync(change));
    }

    [Fact]
    public async Task Exemption_of_an_incident_that_waits_tells_people_that_nobody_has_to_act()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(Asks);
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var asked = await host.SendAsync(change);
        AssertOutcome("awaiting-approval", asked);

        AssertOutcome("done", await ExemptAsync(host, asked.Incident!));

        var incident = await host.IncidentOf(asked);
        Assert.Equal(IncidentState.Held, incident.State);
        Assert.StartsWith("exempt-", incident.Terms.Order?.Id, StringComparison.Ordinal);
        var told = (await host.NoticesAsync())[^1];
        Assert.Equal(("resolve", $"remediator/{asked.Incident}"), (told.TextOf("action"), told.TextOf("key")));
        Assert.Contains("Nobody has to act: exempt until", told.TextOf("wrong"), StringComparison.Ordinal);
        Assert.DoesNotContain("holds again", told.GetRawText(), StringComparison.Ordinal);
        AssertOutcome("refused", await host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "bob", null, false)));
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Exemption_by_pattern_reaches_what_waits_with_the_next_sweep_and_its_end_takes_it_up_again()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(Asks);
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var asked = await host.SendAsync(change);
        await GiveAsync(host, OperatorVerb.Exempt, new() { Resource = "bucket" }, days: 3);

        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(IncidentState.Held, (await host.IncidentOf(asked)).State);
        var notices = (await host.NoticesAsync()).Count;

        for (var day = 0; day < 4; day++)
        {
            await host.SweepAfterAsync(TimeSpan.FromDays(1));
        }

        var again = await host.IncidentOf(asked);
        Assert.Equal(IncidentState.AwaitingApproval, again.State);
        Assert.Null(again.Terms.Order);
        Assert.Equal("trigger", (await host.NoticesAsync())[^1].TextOf("action"));
        Assert.True((await host.NoticesAsync()).Count > notices);
    }

    [Fact]
    public async Task Order_that_is_lifted_lets_what_waited_go_on_within_a_sweep()
    {
        await using var host = new InMemoryHost();
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var match = new OrderMatch { Resource = "bucket" };
        await GiveAsync(host, OperatorVerb.Hold, match);
        AssertOutcome("skipped", await host.SendAsync(change));
        var held = (await host.Journal.OpenAsync(default).ToListAsync()).Single();
        Assert.Equal((IncidentState.Held, StandingOrder.IdOf(OrderKind.Hold, match)), (held.State, held.Terms.Order?.Id));

        AssertOutcome("done", await LiftAsync(host, StandingOrder.IdOf(OrderKind.Hold, match)));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        var after = (await host.IncidentAsync(held.Id))!;
        Assert.Equal((IncidentState.Fixed, null), (after.State, after.Terms.Order));
        AssertOutcome("refused", await LiftAsync(host, StandingOrder.IdOf(OrderKind.Hold, match)));
    }

    [Fact]
    public async Task Held_resource_is_not_changed_at_retry_or_by_a_newer_event_and_is_taken_up_at_the_end()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        await GiveAsync(host, OperatorVerb.Hold, new() { Resource = "bucket" }, days: 2);
        await host.SendAsync(change);
        var held = (await host.Journal.OpenAsync(default).ToListAsync()).Single();

        AssertOutcome("skipped", await host.OperateAsync(new(OperatorVerb.Retry, held.Id, "bob", null, false)));
        AssertOutcome("skipped", await host.SendAsync(change.Later(10)));
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        await host.SweepAfterAsync(TimeSpan.FromDays(1));
        Assert.Equal(IncidentState.Held, (await host.IncidentAsync(held.Id))!.State);
        await host.SweepAfterAsync(TimeSpan.FromDays(1.1));

        Assert.Equal(IncidentState.Fixed, (await host.IncidentAsync(held.Id))!.State);
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Paused_rule_is_only_recorded_and_what_it_found_is_taken_up_when_it_goes_on()
    {
        await using var host = new InMemoryHost();
        var (bucket, rule, change) = await host.OpenBucketAsync(HalfBlocked);
        await GiveAsync(host, OperatorVerb.Pause, new() { Rule = PublicAccess });

        var ended = await host.SendAsync(change);
        AssertOutcome("observed", ended);
        var observed = await host.IncidentOf(ended);
        Assert.NotNull(observed.Plan);
        Assert.Contains("paused until", observed.Terms.Order?.Says, StringComparison.Ordinal);
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        await host.SweepAfterAsync(TimeSpan.FromDays(1.1));
        Assert.Equal(IncidentState.Observed, (await host.IncidentOf(ended)).State);

        AssertOutcome("done", await host.OperateAsync(
            new(OperatorVerb.Resume, "", "bob", null, false) { Match = new() { Rule = PublicAccess } }));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(IncidentState.Fixed, (await host.IncidentOf(ended)).State);
        Assert.Null((await host.IncidentOf(ended)).Terms.Order);
        Assert.Empty(await host.NoticesAsync());
        Assert.NotNull(rule);
    }

    [Fact]
    public async Task Order_given_while_a_change_is_planned_keeps_it_from_beginning()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        // The resource is read long after the decision, and another process takes the order in between.
        host.Fake.On("s3:GetPublicAccessBlock", _ =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(10));
            host.Journal.WriteOrderAsync(Exempt(host), OrderBook.Empty, default).GetAwaiter().GetResult();
            return Json.Object([KeyValuePair.Create("PublicAccessBlockConfiguration", HalfBlocked)]);
        });

        AssertOutcome("pending", await host.SendAsync(change));

        Assert.DoesNotContain("s3:PutPublicAccessBlock", host.Calls.Skip(host.Calls.ToList().IndexOf("s3:GetPublicAccessBlock")));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(IncidentState.Held, (await host.Journal.OpenAsync(default).ToListAsync()).Single().State);
        Assert.NotNull(bucket);
    }

    [Fact]
    public async Task Same_command_delivered_twice_is_one_order_and_another_end_renews_it()
    {
        await using var host = new InMemoryHost();
        var (match, until) = (new OrderMatch { Resource = "bucket" }, host.Now.AddDays(30));
        var command = new OperatorCommand(OperatorVerb.Exempt, "", "alice", "on purpose", false) { Match = match, Until = until };

        AssertOutcome("done", await host.OperateAsync(command));
        var again = await host.OperateAsync(command);
        AssertOutcome("done", again);
        Assert.Contains("It is so already", again.Why, StringComparison.Ordinal);
        var first = (await host.Journal.OrdersAsync(OrderBook.Empty, default)).Items.Single();
        Assert.Single(first.Entries);

        await host.PassAsync(TimeSpan.FromDays(1));
        AssertOutcome("done", await host.OperateAsync(
            new(OperatorVerb.Renew, "", "bob", "still needed", false) { Order = first.Id, Until = until.AddDays(30) }));
        var renewed = (await host.Journal.OrdersAsync(OrderBook.Empty, default)).Items.Single();
        Assert.Equal((first.Id, first.At, "claimed by bob", until.AddDays(30)), (renewed.Id, renewed.At, renewed.By, renewed.Until));
        Assert.Equal(2, renewed.Entries.Length);
    }

    [Fact]
    public async Task Order_of_a_caller_whom_AWS_verified_does_not_say_that_it_is_claimed()
    {
        await using var host = new InMemoryHost();
        var anna = Caller.Of("arn:aws:sts::123456789012:assumed-role/Oncall/anna");

        await host.OperateAsync(new(OperatorVerb.Pause, "", "bob", "too many", false) { Match = new() { Rule = "S3_*" }, Caller = anna });

        var order = (await host.Journal.OrdersAsync(OrderBook.Empty, default)).Items.Single();
        Assert.Contains(", verified as Oncall/anna of 123456789012: too many", order.Says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*", null, "about everything")]
    [InlineData(null, "?*", "about everything")]
    [InlineData("", null, "1 to 512")]
    [InlineData("a\nb", null, "1 to 512")]
    public async Task Order_about_everything_or_about_nothing_that_can_be_read_is_refused(string? resource, string? rule, string why)
    {
        await using var host = new InMemoryHost();

        var ended = await GiveAsync(host, OperatorVerb.Hold, new() { Resource = resource, Rule = rule });

        AssertOutcome("refused", ended);
        Assert.Contains(why, ended.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 30.0, "needs a reason")]
    [InlineData("on purpose", null, "needs an end")]
    [InlineData("on purpose", -1.0, "is over")]
    [InlineData("on purpose", 401.0, "400 days at most")]
    public async Task Exemption_needs_a_reason_and_an_end_that_is_to_come(string? why, double? days, string said)
    {
        await using var host = new InMemoryHost();

        var ended = await host.OperateAsync(new(OperatorVerb.Exempt, "", "alice", why, false)
        {
            Match = new() { Resource = "bucket" },
            Until = days is { } d ? host.Now.AddDays(d) : null,
        });

        AssertOutcome("refused", ended);
        Assert.Contains(said, ended.Why, StringComparison.Ordinal);
        Assert.Empty((await host.Journal.OrdersAsync(OrderBook.Empty, default)).Items);
    }

    [Fact]
    public async Task Orders_are_asked_for_once_in_five_seconds_whatever_the_number_of_events()
    {
        await using var host = new InMemoryHost();
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        await host.SendAsync(change);
        var before = host.Fake.Crash.Passed("journal orders");

        for (var times = 1; times <= 20; times++)
        {
            AssertOutcome("skipped", await host.SendAsync(change));
        }

        Assert.Equal(before, host.Fake.Crash.Passed("journal orders"));
        await host.PassAsync(TimeSpan.FromSeconds(5));
        await host.SendAsync(change);
        Assert.Equal(before + 1, host.Fake.Crash.Passed("journal orders"));
    }

    [Fact]
    public async Task Events_of_an_exempt_resource_are_left_alone_in_any_order_and_after_the_end_the_next_opens_one_incident()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var match = new OrderMatch { Resource = "bucket" };
        await GiveAsync(host, OperatorVerb.Exempt, match);
        await host.PassAsync(TimeSpan.FromMinutes(30));
        foreach (var minutes in (int[])[10, 0, 20, 10])
        {
            AssertOutcome("skipped", await host.SendAsync(change.Later(minutes)));
        }

        Assert.Empty(await host.Journal.OpenAsync(default).ToListAsync());
        await LiftAsync(host, StandingOrder.IdOf(OrderKind.Exempt, match));
        AssertOutcome("fixed", await host.SendAsync(change.Later(20)));
        AssertOutcome("skipped", await host.SendAsync(change.Later(10)));
        AssertOutcome("skipped", await host.SendAsync(change));

        Assert.Single(await host.Journal.OpenAsync(default).ToListAsync());
        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Policy_exemption_ends_the_waiting_too()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(Asks);
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var asked = await host.SendAsync(change);
        await host.UsePolicyAsync($$"""
            defaults: {mode: approve}
            exemptions: [{match: {resource: bucket}, reason: on purpose, until: '{{host.Now.AddDays(9):O}}'}]
            """);

        await host.SweepAfterAsync(TimeSpan.FromDays(1.1));

        Assert.Equal(IncidentState.Held, (await host.IncidentOf(asked)).State);
        Assert.Equal("resolve", (await host.NoticesAsync())[^1].TextOf("action"));
    }

    [Theory]
    [InlineData("""{"command":"exempt","by":"kim","why":"y","until":"2026-12-31T00:00:00Z","match":{"resource":"bucket"}}""", "done")]
    [InlineData("""{"command":"exempt","by":"kim","why":"y","until":"2026-12-31T00:00:00Z","match":{"resorce":"bucket"}}""", "refused")]
    [InlineData("""{"command":"exempt","by":"kim","why":"y","match":{"resource":"bucket"}}""", "refused")]
    [InlineData("""{"command":"pause","by":"kim","why":"y","match":{"rule":"S3_*","account":"123456789012"}}""", "done")]
    [InlineData("""{"command":"pause","by":"kim","why":"y"}""", "refused")]
    [InlineData("""{"command":"lift","by":"kim","order":"exempt-0000000000"}""", "refused")]
    public async Task Deployed_function_takes_orders_and_refuses_what_it_does_not_know(string payload, string outcome)
    {
        await using var host = new InMemoryHost();
        var handler = new Remediator.Function.Handlers.Operate(host.Service.Operator, null!);

        var answer = await handler.HandleAsync(
            new("1", DateTimeOffset.MaxValue, "", "", System.Text.Encoding.UTF8.GetBytes(payload)), default);

        Assert.Equal(outcome, System.Text.Json.JsonElement.Parse(answer.Span).TextOf("outcome"));
    }

    private static StandingOrder Exempt(InMemoryHost host)
    {
        var match = new OrderMatch { Resource = "bucket" };
        return new()
        {
            Id = StandingOrder.IdOf(OrderKind.Exempt, match),
            Kind = OrderKind.Exempt,
            Match = match,
            By = "alice",
            Why = "on purpose",
            At = host.Now,
            Until = host.Now.AddDays(30),
        };
    }

    private static Task<Ended> GiveAsync(InMemoryHost host, OperatorVerb verb, OrderMatch match, double days = 30) =>
        host.OperateAsync(new(verb, "", "alice", "on purpose", false) { Match = match, Until = host.Now.AddDays(days) });

    private static Task<Ended> ExemptAsync(InMemoryHost host, string incident) =>
        host.OperateAsync(new(OperatorVerb.Exempt, incident, "alice", "on purpose", false) { Until = host.Now.AddDays(30) });

    private static Task<Ended> LiftAsync(InMemoryHost host, string order) =>
        host.OperateAsync(new(OperatorVerb.Lift, "", "bob", null, false) { Order = order });
}
