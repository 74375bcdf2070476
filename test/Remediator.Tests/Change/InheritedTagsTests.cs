using System.Globalization;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change;

/// <summary>Values of missing tags are inherited, never invented.</summary>
public sealed class InheritedTagsTests
{
    [Fact]
    public async Task Last_recorded_value_of_the_resource_comes_back_with_its_source()
    {
        await using var host = new InMemoryHost();
        var bucket = await TaggedAsync(host, "[recorded, policy]");
        await host.RecordItemAsync(bucket, -60, "{}", """{"owner":"anna","team":"shop"}""");
        await host.RecordItemAsync(bucket, -10, "{}", """{"team":"shop"}""");

        var ended = await SendAsync(host, bucket, """{"tag1Key":"owner"}""");

        AssertOutcome("fixed", ended);
        AssertSame(Json.Parse("""[{"Key":"team","Value":"shop"},{"Key":"owner","Value":"anna"}]"""), await TagsAsync(host));
        Assert.StartsWith("owner: AWS Config's item 1999940", (await host.IncidentOf(ended)).Change!.TagsFrom, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_that_the_rule_does_not_take_is_left_for_the_next_source()
    {
        await using var host = new InMemoryHost();
        var bucket = await TaggedAsync(host, "[recorded, policy]");
        await host.RecordItemAsync(bucket, -60, "{}", """{"owner":"nobody"}""");

        AssertOutcome("fixed", await SendAsync(host, bucket, """{"tag1Key":"owner","tag1Value":"platform,data"}"""));

        AssertSame(Json.Parse("""[{"Key":"team","Value":"shop"},{"Key":"owner","Value":"platform"}]"""), await TagsAsync(host));
    }

    [Fact]
    public async Task Stack_that_owns_the_resource_gives_its_tags()
    {
        await using var host = new InMemoryHost();
        host.Fake.On("cloudformation:DescribeStacks", input => Json.Parse(input.TextOf("StackName") is "web"
            ? """{"Stacks":[{"StackName":"web","Tags":[{"Key":"owner","Value":"web-team"}]}]}"""
            : """{"Stacks":[]}"""));
        var bucket = await TaggedAsync(host, "[stack, policy]");
        await host.RecordItemAsync(bucket, -60, "{}", """{"aws:cloudformation:stack-name":"web"}""");

        AssertOutcome("fixed", await SendAsync(host, bucket, """{"tag1Key":"owner"}"""));

        AssertSame(Json.Parse("""[{"Key":"team","Value":"shop"},{"Key":"owner","Value":"web-team"}]"""), await TagsAsync(host));
    }

    [Theory]
    [InlineData("i-1", "platform-of-i-1")]
    [InlineData("i-1,i-2", "")]
    [InlineData("", "")]
    public async Task Exactly_one_parent_gives_its_tags(string instances, string owner)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, tags-from: [parent]}");
        var volume = new ResourceKey(host.Account, host.Region, "AWS::EC2::Volume", "vol-1");
        foreach (var instance in instances.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            await host.PutItemAsync(Item(host, "AWS::EC2::Instance", instance, $$"""{"owner":"platform-of-{{instance}}"}""", ""));
        }

        await host.PutItemAsync(Item(host, "AWS::EC2::Volume", "vol-1", "{}", instances));

        var ended = await SendAsync(host, volume, """{"tag1Key":"owner"}""");

        AssertOutcome(owner.Length > 0 ? "fixed" : "escalated", ended);
        Assert.Equal(owner, host.Fake.Ec2.TagsOf("vol-1").GetValueOrDefault("owner", ""));
    }

    [Theory]
    [InlineData("owner", "team: web-team", "platform")]
    [InlineData("Team", "team: web-team", "web-team")]
    [InlineData("CostCenter", "values: {cost-center: '4000'}", "4000")]
    [InlineData("CostCenter", "values: {cost-center: '4000', CostCenter: '5000'}", null)]
    [InlineData("environment", "environment: production, values: {environment: prod}", "prod")]
    [InlineData("Name", "name: shop-prod", null)]
    public async Task What_the_policy_knows_of_the_account_is_the_value_of_the_key_that_is_its_name(
        string key, string entry, string? value)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(
            $$"""
            accounts: {'{{host.Account}}': { {{entry}} } }
            defaults: {mode: auto, tags-from: [account, policy], params: {tags: {owner: platform} } }
            """);
        var bucket = await host.BucketAsync();

        var ended = await SendAsync(host, bucket, $$"""{"tag1Key":"{{key}}"}""");

        AssertOutcome(value is null ? "escalated" : "fixed", ended);
        if (value is not null)
        {
            AssertSame(Json.Parse($$"""[{"Key":"{{key}}","Value":"{{value}}"}]"""), await TagsAsync(host));
        }

        Assert.DoesNotContain("config:GetResourceConfigHistory", host.Calls);
    }

    [Fact]
    public async Task Value_from_the_account_is_said_with_its_source()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(
            $$"""
            accounts: {'{{host.Account}}': {team: web-team} }
            defaults: {mode: auto, tags-from: [account]}
            """);

        var ended = await SendAsync(host, await host.BucketAsync(), """{"tag1Key":"team"}""");

        Assert.Equal(
            $"team: what the policy knows of account {host.Account}", (await host.IncidentOf(ended)).Change!.TagsFrom);
    }

    [Fact]
    public async Task Who_created_it_is_a_suggestion_and_never_a_value()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, tags-from: [recorded, account]}");
        host.Fake.On("cloudtrail:LookupEvents", """
            {"Events":[
             {"EventName":"PutBucketTagging","ReadOnly":"false","EventTime":1791000000,"Username":"bob"},
             {"EventName":"CreateBucket","ReadOnly":"false","EventTime":1790000000,"Username":"anna",
              "CloudTrailEvent":"{\"userIdentity\":{\"arn\":\"arn:aws:iam::123456789012:user/anna\"}}"}]}
            """);
        var bucket = await host.BucketAsync();

        var ended = await SendAsync(host, bucket, """{"tag1Key":"owner"}""");

        AssertOutcome("escalated", ended);
        var incident = await host.IncidentOf(ended);
        Assert.Equal(Reason.NotConfigured, incident.Reason);
        Assert.EndsWith(
            "CloudTrail has it created by arn:aws:iam::123456789012:user/anna with CreateBucket: ask there.",
            incident.Detail,
            StringComparison.Ordinal);
        Assert.Empty(host.Changes());
    }

    [Fact]
    public async Task Without_CloudTrail_a_missing_tag_is_told_all_the_same()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, tags-from: [recorded]}");
        host.Fake.On("cloudtrail:LookupEvents", _ => throw FakeAws.Error("cloudtrail:LookupEvents", "AccessDenied", 403));

        var ended = await SendAsync(host, await host.BucketAsync(), """{"tag1Key":"owner"}""");

        Assert.Equal(Reason.NotConfigured, (await host.IncidentOf(ended)).Reason);
    }

    [Fact]
    public async Task Item_that_cannot_be_read_ends_what_is_known_and_the_next_source_counts()
    {
        await using var host = new InMemoryHost();
        var bucket = await TaggedAsync(host, "[recorded, policy]");
        await host.RecordItemAsync(bucket, -60, "{}", """{"owner":"anna"}""");
        await host.PutItemAsync(
            Json.Parse(
                $$"""
                {"configurationItemCaptureTime":"{{host.Now.AddMinutes(-10).ToString(
                    "o",
                    CultureInfo.InvariantCulture
                )}}","configurationItemStatus":"OK",
                 "resourceType":"AWS::S3::Bucket","resourceId":"bucket","configuration":"not JSON"}
                """
            ));

        AssertOutcome("fixed", await SendAsync(host, bucket, """{"tag1Key":"owner"}"""));

        AssertSame(Json.Parse("""[{"Key":"team","Value":"shop"},{"Key":"owner","Value":"platform"}]"""), await TagsAsync(host));
    }

    [Fact]
    public async Task Where_only_the_policy_gives_values_no_history_is_read()
    {
        await using var host = new InMemoryHost();
        var bucket = await TaggedAsync(host, "policy");

        AssertOutcome("fixed", await SendAsync(host, bucket, """{"tag1Key":"owner"}"""));

        Assert.DoesNotContain("config:GetResourceConfigHistory", host.Calls);
    }

    private static async Task<ResourceKey> TaggedAsync(InMemoryHost host, string from)
    {
        await host.UsePolicyAsync($$"""{defaults: {mode: auto, tags-from: {{from}}, params: {tags: {owner: platform} } } }""");
        var bucket = await host.BucketAsync();
        await host.CallAsync("s3:PutBucketTagging", """{"Bucket":"bucket","Tagging":{"TagSet":[{"Key":"team","Value":"shop"}]}}""");
        return bucket;
    }

    private static async Task<Ended> SendAsync(InMemoryHost host, ResourceKey resource, string parameters) =>
        await host.SendAsync(Some.Change(await host.RuleAsync(RequiredTags, parameters), resource, host.Now));

    private static async Task<System.Text.Json.JsonElement> TagsAsync(InMemoryHost host) =>
        (await host.CallAsync("s3:GetBucketTagging", """{"Bucket":"bucket"}""")).Member("TagSet");

    private static System.Text.Json.JsonElement Item(InMemoryHost host, string type, string id, string tags, string attached) =>
        Json.Object([
            new("configurationItemCaptureTime", Json.Text(host.Now.AddMinutes(-5).ToString("o", CultureInfo.InvariantCulture))),
            new("configurationItemStatus", Json.Text("OK")),
            new("configurationStateId", Json.Text("1")),
            new("resourceType", Json.Text(type)),
            new("resourceId", Json.Text(id)),
            new("configuration", Json.Text("{}")),
            new("tags", Json.Parse(tags)),
            new(
                "relationships",
                Json.List(
                    attached
                        .Split(',', StringSplitOptions.RemoveEmptyEntries)
                        .Select(i =>
                            Json.Object([
                                new("resourceType", Json.Text("AWS::EC2::Instance")),
                                new("resourceId", Json.Text(i)),
                                new("relationshipName", Json.Text("Is attached to Instance")),
                            ])))),
        ]);
}
