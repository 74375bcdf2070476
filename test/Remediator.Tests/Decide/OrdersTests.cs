using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Decide;

/// <summary>Which orders of people are about a finding, and which of several counts.</summary>
public sealed class OrdersTests
{
    private static readonly DateTimeOffset Now = Some.Time;
    private static readonly Subject Bucket = new(Some.Bucket("logs"), "our-rule", "S3_BUCKET_VERSIONING_ENABLED");

    [Fact]
    public void Exemption_goes_before_a_hold_a_hold_before_a_pause_and_of_two_the_one_that_lasts_longer()
    {
        StandingOrder[] all =
        [
            Order("pause", OrderKind.Pause, 9), Order("hold", OrderKind.Hold, 1), Order("longer", OrderKind.Hold, 2),
            Order("later kind", (OrderKind)99, 1), Order("exempt", OrderKind.Exempt, 1),
        ];

        Assert.Equal("exempt", About(all)!.Id);
        Assert.Equal("longer", About(all[..4])!.Id);
        Assert.Equal("hold", About(all[..2])!.Id);
        Assert.Equal("later kind", About([all[0], all[3]])!.Id);
        Assert.Equal("pause", About(all[..1])!.Id);
        Assert.Null(About([]));
    }

    [Fact]
    public void Order_counts_until_its_end_and_not_after_somebody_ended_it()
    {
        var order = Order("hold", OrderKind.Hold, 1);

        Assert.NotNull(Orders.About(new(1, [order]), Bucket, Now.AddHours(1).AddTicks(-1)));
        Assert.Null(Orders.About(new(1, [order]), Bucket, Now.AddHours(1)));
        Assert.Null(About([order with { EndedAt = Now }]));
        Assert.Null(About([order with { Match = new() { Resource = "other" } }]));
    }

    [Theory]
    [InlineData("our-rule", null, null, null, null, true)]
    [InlineData("OUR-*", null, null, null, null, true)]
    [InlineData("s3_bucket_versioning_enabled", null, null, null, null, true)]
    [InlineData("their-rule", null, null, null, null, false)]
    [InlineData(null, "logs", null, null, null, true)]
    [InlineData(null, "LOGS", null, null, null, false)]
    [InlineData(null, "log?", "AWS::S3::*", "1*", "us-*", true)]
    [InlineData(null, "logs", "AWS::SNS::Topic", null, null, false)]
    [InlineData(null, "logs", null, "2*", null, false)]
    [InlineData(null, "logs", null, null, "eu-*", false)]
    [InlineData("our-rule", "other", null, null, null, false)]
    public void All_words_of_an_order_have_to_hold(
        string? rule, string? resource, string? type, string? account, string? region, bool isAbout) => Assert.Equal(
            isAbout,
            Orders.IsAbout(
                new() { Rule = rule, Resource = resource, ResourceType = type, Account = account, Region = region }, Bucket));

    [Fact]
    public void Resource_that_is_of_no_region_is_meant_by_an_order_for_any() => Assert.True(Orders.IsAbout(
        new() { Resource = "logs", Region = "eu-west-1" },
        Bucket with { Resource = Bucket.Resource with { Region = ResourceKey.Global } }));

    [Fact]
    public void Rule_without_an_identifier_is_meant_by_its_name_only()
    {
        var custom = Bucket with { ManagedIdentifier = "" };

        Assert.True(Orders.IsAbout(new() { Rule = "our-*" }, custom));
        Assert.False(Orders.IsAbout(new() { Rule = "S3_*" }, custom));
        Assert.False(Orders.Names(new() { Rule = "S3_*" }, "our-rule", ""));
    }

    [Theory]
    [InlineData("s3-1", true)]
    [InlineData("s3-?", true)]
    [InlineData("s3-12", false)]
    public void Rule_that_Security_Hub_deploys_is_meant_by_what_it_is_called_in_every_region(string rule, bool isMeant)
    {
        const string Deployed = "securityhub-s3-1-0a1b2c3d";

        Assert.Equal(
            (isMeant, isMeant),
            (
                Orders.IsAbout(new() { Rule = rule }, Bucket with { RuleName = Deployed }),
                Orders.Names(new() { Rule = rule }, Deployed, "S3_BUCKET_VERSIONING_ENABLED")));
    }

    [Theory]
    [InlineData("our-rule", true)]
    [InlineData("S3_*", true)]
    [InlineData("theirs", false)]
    [InlineData(null, false)]
    public void Order_names_a_rule_by_its_name_or_its_identifier(string? rule, bool names) =>
        Assert.Equal(names, Orders.Names(new() { Rule = rule, Resource = "logs" }, "our-rule", "S3_BUCKET_VERSIONING_ENABLED"));

    private static StandingOrder? About(StandingOrder[] orders) => Orders.About(new(1, [.. orders]), Bucket, Now);

    private static StandingOrder Order(string id, OrderKind kind, int hours) => new()
    {
        Id = id,
        Kind = kind,
        Match = new() { Resource = "logs" },
        By = "anna",
        Why = "a test",
        At = Now,
        Until = Now.AddHours(hours),
    };
}
