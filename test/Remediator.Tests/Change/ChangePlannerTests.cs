using System.Collections.Immutable;
using Moq;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Tests.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>What the first aim cannot do, the next one does; what none can do is said for each of them.</summary>
public sealed class ChangePlannerTests
{
    private const string Never = "Nothing says that the resource ever complied with this rule: there is no value to roll back to.";
    private const string Missing = "The policy gives no value for 'level', which playbook x/needs needs. How high.";

    private static readonly Playbook Needs = PlaybookReader.Read("x/needs", "x/needs.yaml", """
        summary: Sets it.
        rules: [X_RULE]
        resource: AWS::X::Thing
        impact: none
        manual: Ask.
        params: {level: {required: true, description: How high.}}
        ignores: [tag1Key]
        read: {call: x:Read, take: Setting}
        want: "${params.level}"
        write: {call: x:Write, with: {Setting: "${target}"}}
        """);

    private static readonly Playbook TagsOfBuckets = new PlaybookLibrary(Repository.At("playbooks")).Load("tags/s3-required-tags");
    private static readonly ResourceKey Thing = new(FakeAws.Account, FakeAws.Region, "AWS::X::Thing", "one");
    private readonly FakeAws _aws = new FakeAws().On("x:Read", """{"Setting":1}""").On("s3:GetBucketTagging", """{"TagSet":[]}""");
    private readonly RecordedItems _items = new();

    [Theory]
    [InlineData(false, $"No playbook says what is wanted. {Never}")]
    [InlineData(true, $"{Missing} {Never}")]
    public async Task Why_each_aim_cannot_be_reached_is_said(bool hasPlaybook, string why) => Assert.Equal(
        new Planning.Refused(Reason.NeverCompliant, why),
        await PlanAsync(Order([Aim.Wanted, Aim.LastCompliant], hasPlaybook ? Needs : null)));

    [Fact]
    public async Task Only_aim_that_cannot_be_reached_is_said_alone()
    {
        Assert.Equal(
            new Planning.Refused(Reason.Unsupported, "No playbook says what is wanted."), await PlanAsync(Order([Aim.Wanted], null)));
        Assert.Equal(new Planning.Refused(Reason.NeverCompliant, Never), await PlanAsync(Order([Aim.LastCompliant], Needs)));
        Assert.Equal(
            Missing, (await Assert.ThrowsAsync<NotConfiguredException>(() => PlanAsync(Order([Aim.Wanted], Needs)))).Message);
    }

    [Fact]
    public async Task First_aim_that_can_be_reached_is_the_plan()
    {
        var order = Order([Aim.LastCompliant, Aim.Wanted], Needs, """{"level":2}""");

        var ready = Assert.IsType<Planning.Ready>(await PlanAsync(order));

        Assert.Equal("""{"Setting":2}""", Assert.Single(ready.Plan.Calls).Input.GetRawText());
        Assert.DoesNotContain("tagSources", ready.Scope.Root.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passing_fault_of_the_first_aim_is_none_of_the_next_ones_business()
    {
        _aws.On("x:Read", _ => throw FakeAws.Error("x:Read", "Throttling", 400));

        await Assert.ThrowsAsync<AwsException>(() => PlanAsync(Order([Aim.Wanted, Aim.LastCompliant], Needs, """{"level":2}""")));
    }

    [Fact]
    public async Task Order_without_an_aim_is_a_mistake() => Assert.StartsWith(
        "An order has an aim.",
        (await Assert.ThrowsAsync<ArgumentException>(() => PlanAsync(Order([], Needs)))).Message,
        StringComparison.Ordinal);

    /// <summary>Who created a resource helps only where tags are looked for, and nothing else can give them.</summary>
    [Theory]
    [InlineData(true, TagSource.Recorded, Aim.Wanted, true)]
    [InlineData(true, TagSource.Policy, Aim.Wanted, false)]
    [InlineData(true, TagSource.Recorded, Aim.LastCompliant, false)]
    [InlineData(false, TagSource.Recorded, Aim.Wanted, false)]
    internal async Task Creator_is_looked_for_where_a_tag_is_missing_at_the_last_aim(bool isOfTags, TagSource from, Aim last, bool isAsked)
    {
        var order = Order(last is Aim.Wanted ? [Aim.Wanted] : [Aim.Wanted, last], isOfTags ? TagsOfBuckets : Needs) with
        {
            Rule = new("REQUIRED_TAGS", Json.Parse("""{"tag1Key":"owner"}"""), IsTrusted: false),
            TagsFrom = [from],
        };

        await Xunit.Record.ExceptionAsync(() => PlanAsync(order, isOfTags ? Some.Bucket("reports") : Thing));

        Assert.Equal(isAsked, _aws.Calls.Contains("cloudtrail:LookupEvents"));
    }

    [Fact]
    public async Task Tags_are_looked_for_only_by_a_playbook_of_tags()
    {
        _items.Add(Thing, Json.Parse("""{"configurationItemCaptureTime":"2026-10-02T07:00:00Z"}"""));
        var order = Order([Aim.Wanted], Needs, """{"level":2}""") with
        {
            Rule = new("X_RULE", Json.Parse("""{"tag1Key":"owner"}"""), IsTrusted: false),
            TagsFrom = [TagSource.Recorded],
        };

        Assert.IsType<Planning.Ready>(await PlanAsync(order));

        Assert.Equal(0, _items.Given);
    }

    private Task<Planning> PlanAsync(ChangeOrder order, ResourceKey? resource = null) =>
        new ChangePlanner(_aws, _items, Mock.Of<ITags>(), new TestClock()).PlanAsync(
            Some.Incident(resource ?? Thing), order, CancellationToken.None);

    private static ChangeOrder Order(ImmutableArray<Aim> aims, Playbook? wanted, string parameters = "{}") => new()
    {
        Aims = aims,
        Wanted = wanted,
        Rule = new("X_RULE", Json.EmptyObject, IsTrusted: false),
        Parameters = Json.Parse(parameters),
        MaxAge = TimeSpan.FromDays(30),
    };
}
