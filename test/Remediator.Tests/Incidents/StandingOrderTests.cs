using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Incidents;

/// <summary>What an order of a person is about, until when it counts, and what it may not be about.</summary>
public sealed class StandingOrderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Order_counts_until_its_end_or_until_somebody_ends_it()
    {
        var order = Order(OrderKind.Exempt);

        Assert.True(order.IsInForce(order.Until.AddTicks(-1)));
        Assert.False(order.IsInForce(order.Until));
        Assert.False((order with { EndedAt = Now }).IsInForce(Now));
    }

    [Theory]
    [InlineData(nameof(OrderKind.Exempt), "exempt", false)]
    [InlineData(nameof(OrderKind.Pause), "paused", false)]
    [InlineData(nameof(OrderKind.Hold), "held", true)]
    public void Order_says_what_until_when_who_and_why(string kind, string verb, bool isHold)
    {
        var order = Order(Enum.Parse<OrderKind>(kind));

        Assert.Equal($"{verb} until 2026-11-03 09:30:00Z by order an-order, kim: it is wanted so", order.Says);
        Assert.Equal((isHold, ""), (order.IsHold, order.Owner));
    }

    [Fact]
    public void Same_order_given_twice_has_one_id_and_any_other_has_its_own()
    {
        OrderMatch[] matches =
        [
            new() { Rule = "a" }, new() { Resource = "a" }, new() { ResourceType = "a", Rule = "b" }, new() { Account = "a", Rule = "b" },
            new() { Region = "a", Rule = "b" }, new() { Rule = "b" },
        ];
        string[] ids = [.. matches.Select(m => StandingOrder.IdOf(OrderKind.Hold, m)), StandingOrder.IdOf(OrderKind.Pause, matches[0])];

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(ids[0], StandingOrder.IdOf(OrderKind.Hold, new() { Rule = "a" }));
        Assert.All(ids[..^1], id => Assert.Matches("^hold-[0-9a-f]{10}$", id));
    }

    [Fact]
    public void Renewed_order_keeps_when_it_was_given_and_its_history()
    {
        var first = Order(OrderKind.Hold).Noted("given", Now);
        var next = Order(OrderKind.Hold) with { At = Now.AddDays(1), Until = Now.AddDays(9), By = "lee" };

        var renewed = first.Renewed(next);

        Assert.Equal((first.At, next.Until, "lee"), (renewed.At, renewed.Until, renewed.By));
        Assert.Equal("given", Assert.Single(renewed.Entries).What);
    }

    [Fact]
    public void History_keeps_the_newest_thirty_lines()
    {
        var order = Order(OrderKind.Hold);
        for (var n = 1; n <= 32; n++)
        {
            order = order.Noted($"{n}", Now);
            Assert.Equal(Math.Min(n, 30), order.Entries.Length);
        }

        Assert.Equal(("3", "32", EntryKind.Person), (order.Entries[0].What, order.Entries[^1].What, order.Entries[^1].Kind));
    }

    [Theory]
    [InlineData("s3-*", null, null)]
    [InlineData(null, "logs-*", null)]
    [InlineData("*", null, "everything")]
    [InlineData("?*", "*", "everything")]
    [InlineData("*", "a", null)]
    [InlineData(null, null, "everything")]
    [InlineData("", null, "1 to 512")]
    [InlineData("a", "", "1 to 512")]
    [InlineData("a\nb", null, "1 to 512")]
    public void Order_about_everything_or_by_what_is_no_pattern_is_refused(string? rule, string? resource, string? objection)
    {
        var said = new OrderMatch { Rule = rule, Resource = resource, Account = "*" }.Objection;

        Assert.Equal(objection is null, said is null);
        Assert.Contains(objection ?? "", said ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Pattern_has_a_length(int length, bool isRight) =>
        Assert.Equal(isRight, new OrderMatch { Rule = new('a', length) }.Objection is null);

    [Fact]
    public void Order_about_one_account_region_or_type_needs_a_rule_or_a_resource_too() => Assert.All(
        (OrderMatch[])[new() { Account = "1" }, new() { Region = "us-east-1" }, new() { ResourceType = "AWS::S3::Bucket" }],
        match => Assert.NotNull(match.Objection));

    [Fact]
    public void Order_about_an_incident_is_about_that_finding_and_no_pattern()
    {
        var resource = new ResourceKey("1", "us-east-1", "AWS::S3::Bucket", @"a*b?c\d");

        var match = OrderMatch.Of(Some.Incident(resource, Some.Rule("some-rule")));

        Assert.Equal(
            @"rule=some-rule resource=a\*b\?c\\d resource-type=AWS::S3::Bucket account=1 region=us-east-1", match.ToString());
    }

    [Fact]
    public void Order_about_a_global_resource_holds_for_its_findings_of_every_region()
    {
        var match = OrderMatch.Of(Some.Incident(new ResourceKey("1", ResourceKey.Global, "AWS::IAM::Role", "admin")));

        Assert.Null(match.Region);
        Assert.Equal("some-rule", match.Rule);
        var deployed = OrderMatch.Of(Some.Incident(
            new ResourceKey("1", ResourceKey.Global, "AWS::IAM::Role", "admin"), Some.Rule("securityhub-some-rule-1a2b3c")));
        Assert.Equal("some-rule", deployed.Rule);
        Assert.Equal("securityhub-some-rule-1a2b3c", OrderMatch.Of(Some.Incident(rule: Some.Rule("securityhub-some-rule-1a2b3c"))).Rule);
    }

    [Fact]
    public void Book_finds_an_order_by_its_id()
    {
        var book = new OrderBook(1, [Order(OrderKind.Hold) with { Id = "another" }, Order(OrderKind.Hold)]);

        Assert.Equal("an-order", book.Find("an-order")?.Id);
        Assert.Null(book.Find("no-order"));
    }

    private static StandingOrder Order(OrderKind kind) => new()
    {
        Id = "an-order",
        Kind = kind,
        Match = new() { Rule = "some-rule" },
        By = "kim",
        Why = "it is wanted so",
        At = Now,
        Until = Now.AddDays(1),
    };
}
