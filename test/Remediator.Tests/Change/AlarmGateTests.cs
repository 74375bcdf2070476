using System.Collections.Immutable;
using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>No change is made of which the alarms that take it back could tell nothing.</summary>
public sealed class AlarmGateTests
{
    private const string Describe = "cloudwatch:DescribeAlarms";
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(15);
    private static readonly Planning.Ready Plan = new(OneSetting.Wants, Scope.Empty, new([]), []);
    private readonly FakeAws _aws = new();

    [Fact]
    public async Task Alarms_that_are_there_and_silent_are_watched_after_the_change()
    {
        Alarms(("errors", "OK"), ("latency", "INSUFFICIENT_DATA"));

        var ready = Assert.IsType<Planning.Ready>(await PassAsync(Plan, new(["errors", "latency"], OfStack: false, Within)));

        Assert.Equal(["errors", "latency"], ready.Watch!.Alarms.ToArray());
        Assert.Equal(Within, ready.Watch.Within);
    }

    [Theory]
    [InlineData("ALARM", "OK", "An alarm that would take the change back rings already: errors.", "latency")]
    [InlineData("ALARM", "ALARM", "Alarms that would take the change back ring already: errors, latency.", "")]
    public async Task Alarm_that_rings_already_asks_a_person_and_is_not_watched(string one, string other, string because, string watched)
    {
        Alarms(("errors", one), ("latency", other));

        var asked = Assert.IsType<Planning.Guarded>(await PassAsync(Plan, new(["errors", "latency"], OfStack: false, Within)));

        Assert.Equal((Reason.Guarded, because), (asked.Reason, asked.Because));
        Assert.Equal(watched, string.Join(' ', asked.Plan.Watch!.Alarms));
    }

    [Fact]
    public async Task Reason_for_which_a_person_is_asked_anyway_stays()
    {
        Alarms(("errors", "ALARM"));
        var planning = new Planning.Guarded(Reason.OwnedByStack, "A stack owns it.", Plan);

        var asked = Assert.IsType<Planning.Guarded>(await PassAsync(planning, new(["errors"], OfStack: false, Within)));

        Assert.Equal((Reason.OwnedByStack, "A stack owns it."), (asked.Reason, asked.Because));
        Assert.Empty(asked.Plan.Watch!.Alarms);
    }

    [Fact]
    public async Task Alarms_of_the_policy_that_are_not_there_are_named_with_the_place_where_they_were_looked_for()
    {
        Alarms(("errors", "OK"));

        var refused = await PassAsync(Plan, new(["latency", "errors", "cost"], OfStack: false, Within));

        Assert.Equal(
            new Planning.Refused(
                Reason.NotConfigured,
                "The policy takes a change back where one of these alarms rings, and they are not in account 123456789012, us-east-1: "
                + "latency, cost."),
            refused);
    }

    [Fact]
    public async Task Alarms_of_the_stack_that_owns_the_resource_are_watched_beside_the_policys()
    {
        Alarms(("errors", "OK"), ("web-latency", "OK"));
        StackAlarms("web-latency", "errors", "gone");
        var owned = Plan with { Owner = new(ResourceOwner.Stack, "web") };

        var ready = Assert.IsType<Planning.Ready>(await PassAsync(owned, new(["errors"], OfStack: true, Within)));

        Assert.Equal(["errors", "web-latency"], ready.Watch!.Alarms.ToArray());
        Assert.Equal(
            """["errors","web-latency","gone"]""", _aws.All.Single(c => c.Operation == Describe).Input.Member("AlarmNames").GetRawText());
    }

    [Theory]
    [InlineData(ResourceOwner.Terraform, true, "")]
    [InlineData(ResourceOwner.Stack, false, "")]
    [InlineData(ResourceOwner.Stack, true, "resourcegroupstaggingapi:GetResources")]
    [InlineData(null, true, "")]
    public async Task Without_an_alarm_the_plan_is_as_it_was(string? owner, bool ofStack, string calls)
    {
        StackAlarms();
        var planning = owner is null ? Plan : Plan with { Owner = new(owner, "web") };

        Assert.Same(planning, await PassAsync(planning, new([], ofStack, Within)));
        Assert.Equal(calls, string.Join(' ', _aws.Calls));
    }

    [Fact]
    public async Task Where_there_is_no_plan_or_the_policy_names_no_alarms_nothing_is_asked()
    {
        var refused = new Planning.Refused(Reason.Unsupported, "No.");

        Assert.Same(refused, await PassAsync(refused, new(["errors"], OfStack: true, Within)));
        Assert.Same(Plan, await PassAsync(Plan, null));
        Assert.Empty(_aws.Calls);
    }

    private Task<Planning> PassAsync(Planning planning, UndoOn? undoOn) => new AlarmGate(_aws).PassAsync(
        Some.Incident(),
        new()
        {
            Aims = [Aim.Wanted],
            Rule = new("X_RULE", Json.EmptyObject, IsTrusted: false),
            Parameters = Json.EmptyObject,
            UndoOn = undoOn,
        },
        planning,
        CancellationToken.None);

    private void Alarms(params ImmutableArray<(string Name, string State)> alarms)
    {
        foreach (var (name, state) in alarms)
        {
            _aws.Alarms.Set(name, state, Some.Time);
        }
    }

    private void StackAlarms(params IEnumerable<string> names)
    {
        var found = names.Select(n => $$"""{"ResourceARN":"arn:aws:cloudwatch:us-east-1:123456789012:alarm:{{n}}"}""");
        _aws.On("resourcegroupstaggingapi:GetResources", $$"""{"ResourceTagMappingList":[{{string.Join(',', found)}}]}""");
    }
}
