using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Remediator.Change.Tags;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Tests.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change.Tags;

/// <summary>Where the value of a missing tag is from: source by source, in the order of the policy.</summary>
public sealed class TagSourcesTests
{
    private static readonly ResourceKey Volume = new(FakeAws.Account, FakeAws.Region, "AWS::EC2::Volume", "vol-1");
    private static readonly ResourceKey Instance = Volume with { Type = "AWS::EC2::Instance", Id = "i-1" };
    private readonly TestClock _clock = new();
    private readonly FakeAws _aws = new();
    private readonly RecordedItems _items = new();

    [Fact]
    public async Task Each_tag_has_its_value_from_the_first_source_that_has_one_that_the_rule_takes()
    {
        _items.Add(Volume, Item(-10, """{"owner":"anna","cost":"7"}"""), Item(-60, """{"owner":"bert","cost":"5","zone":"a"}"""));

        var found = await FindAsync(
            """{"tag1Key":"owner","tag2Key":"cost","tag2Value":"5,6","tag3Key":"env","tag4Key":"zone"}""",
            [TagSource.Recorded, TagSource.Policy],
            """{"size":1,"tags":{"owner":"policy","env":"prod","other":"x"}}""");

        Assert.Equal(
            """{"size":1,"tags":{"owner":"anna","env":"prod","other":"x","cost":"5","zone":"a"}}""", found.Parameters.GetRawText());
        Assert.Equal(
            $$"""{"owner":"AWS Config's item 10 of {{Time(-10):u}}","cost":"AWS Config's item 60 of {{Time(-60):u}}","""
            + $"\"zone\":\"AWS Config's item 60 of {Time(-60):u}\",\"env\":\"the policy\"}}",
            found.Sources.GetRawText());
    }

    [Fact]
    public async Task Nothing_is_looked_for_where_the_rule_names_no_tag_or_the_policy_gives_all()
    {
        _items.Add(Volume, Item(-10, """{"owner":"anna"}"""));

        foreach (var (rule, from) in ((string, ImmutableArray<TagSource>)[])
            [("{}", [TagSource.Recorded]), ("""{"tag1Key":"owner"}""", []), ("""{"tag1Key":"owner"}""", [TagSource.Policy])])
        {
            var found = await FindAsync(rule, from, """{"tags":{"owner":"policy"}}""");

            Assert.Equal(
                ("""{"tags":{"owner":"policy"}}""", true), (found.Parameters.GetRawText(), found.Sources.IsNull()));
        }

        Assert.Equal(0, _items.Given);
    }

    [Fact]
    public async Task Once_every_tag_has_a_value_no_other_source_is_read()
    {
        _items.Add(Volume, Item(-10, """{"aws:cloudformation:stack-name":"web","owner":"anna"}"""));

        await FindAsync("""{"tag1Key":"owner"}""", [TagSource.Policy, TagSource.Recorded, TagSource.Stack], """{"tags":{"owner":"p"}}""");

        Assert.Equal((0, 0), (_items.Given, _aws.All.Count));
    }

    /// <summary>Values of a resource that was made anew under the same name are another resource's.</summary>
    [Theory]
    [InlineData("ResourceDeleted", "arn:one", null)]
    [InlineData("OK", "arn:two", null)]
    [InlineData("ResourceNotRecorded", "arn:one", "old")]
    public async Task Values_of_an_earlier_resource_do_not_count(string status, string arn, string? owner)
    {
        _items.Add(
            Volume,
            Item(-10, "{}", arn: "arn:one"),
            Item(-20, """{"owner":"between"}""", status, arn),
            Item(-60, """{"owner":"old"}""", arn: "arn:one"));

        Assert.Equal(owner, await OwnerAsync(TagSource.Recorded));
    }

    [Theory]
    [InlineData("""{"Stacks":[{"Tags":[{"Value":"x"},{"Key":"none"},{"Key":"owner","Value":"web-team"}]}]}""", "web-team")]
    [InlineData("""{"Stacks":[{"Tags":[{"Key":"owner"}]}]}""", null)]
    [InlineData("""{"Stacks":[{}]}""", null)]
    [InlineData("""{"Stacks":[{"Tags":[{"Key":"owner","Value":"a"}]},{"Tags":[{"Key":"owner","Value":"b"}]}]}""", null)]
    [InlineData("""{"Stacks":[]}""", null)]
    [InlineData("{}", null)]
    public async Task Stack_gives_its_tags_where_it_is_the_only_one_of_its_name(string answer, string? owner)
    {
        _items.Add(Volume, Item(-10, """{"aws:cloudformation:stack-name":"web"}"""));
        _aws.On("cloudformation:DescribeStacks", answer);

        var found = await FindAsync("""{"tag1Key":"owner"}""", [TagSource.Stack], "{}");

        Assert.Equal(owner, found.Parameters.Member("tags").TextOf("owner"));
        Assert.Equal(owner is null ? null : "CloudFormation stack web", found.Sources.TextOf("owner"));
        Assert.Equal("""{"StackName":"web"}""", Assert.Single(_aws.All).Input.GetRawText());
    }

    [Fact]
    public async Task Parent_gives_the_tags_that_it_has_now()
    {
        var related = """[{"resourceType":"AWS::EC2::Instance","resourceId":"i-1"}]""";
        _items.Add(Volume, Item(-10, "{}", related: related));
        Assert.Null(await OwnerAsync(TagSource.Parent));

        _items.Add(Instance, Item(-5, """{"owner":"of i-1"}"""), Item(-60, """{"owner":"earlier"}"""));
        var found = await FindAsync("""{"tag1Key":"owner"}""", [TagSource.Parent], "{}");

        Assert.Equal(
            ("of i-1", "AWS::EC2::Instance i-1"), (found.Parameters.Member("tags").TextOf("owner"), found.Sources.TextOf("owner")));
    }

    [Theory]
    [InlineData(TagSource.Recorded)]
    [InlineData(TagSource.Stack)]
    [InlineData(TagSource.Parent)]
    internal async Task Resource_that_was_never_recorded_has_no_values(TagSource source)
    {
        Assert.Null(await OwnerAsync(source));

        Assert.Empty(_aws.All);
    }

    [Fact]
    public async Task Items_older_than_the_policy_allows_do_not_count()
    {
        _items.Add(Volume, Item(-60 * 24 * 31, """{"owner":"old"}"""));

        Assert.Null(await OwnerAsync(TagSource.Recorded));
    }

    private async Task<string?> OwnerAsync(TagSource source) =>
        (await FindAsync("""{"tag1Key":"owner"}""", [source], "{}")).Parameters.Member("tags").TextOf("owner");

    private Task<(JsonElement Parameters, JsonElement Sources)> FindAsync(
        string rule, ImmutableArray<TagSource> from, string parameters) => new InheritedTags(_aws, _items, _clock).FindAsync(
            Some.Incident(Volume),
            new()
            {
                Aims = [Aim.Wanted],
                Rule = new("REQUIRED_TAGS", Json.Parse(rule), IsTrusted: false),
                Parameters = Json.Parse(parameters),
                TagsFrom = from,
                MaxAge = TimeSpan.FromDays(30),
            },
            CancellationToken.None);

    private DateTime Time(int minutes) => _clock.GetUtcNow().AddMinutes(minutes).UtcDateTime;

    private JsonElement Item(int minutes, string tags, string status = "OK", string arn = "", string related = "[]") => Json.Object(
    [
        new("configurationItemCaptureTime", Json.Text(Time(minutes).ToString("o", CultureInfo.InvariantCulture))),
        new("configurationItemStatus", Json.Text(status)),
        new("configurationStateId", Json.Text($"{-minutes}")),
        new("arn", Json.Text(arn)),
        new("configuration", Json.EmptyObject),
        new("tags", Json.Parse(tags)),
        new("relationships", Json.Parse(related)),
    ]);
}
