using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Change;
using Remediator.Change.Recorded;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded;

/// <summary>Why a person is to look at a rollback that could be made: what is known of the type, and what its provider ignores.</summary>
public sealed class RollbackCaveatTests
{
    private readonly TestClock _clock = new();
    private readonly FakeAws _aws = new();
    private readonly RecordedItems _items = new();

    [Fact]
    public async Task Guard_of_the_type_asks_a_person()
    {
        _aws.On("cloudtrail:GetTrail", """{"Trail":{"Name":"main","HomeRegion":"eu-west-1","Level":3}}""");
        var playbook = Read("AWS::CloudTrail::Trail", """
            read: {call: cloudtrail:GetTrail, with: {Name: "${resource.id}"}, take: Trail.Level}
            recorded: configuration.level
            want: 1
            write: {call: cloudtrail:UpdateTrail, with: {Name: "${resource.id}", Level: "${target}"}}
            """);

        var asked = await AskedAsync("AWS::CloudTrail::Trail", """{"level":1}""", """{"level":3}""", playbook);

        Assert.Equal(
            (Reason.Guarded, "The trail is at home in another region, and is changed from there alone."), (asked.Reason, asked.Because));
        Assert.Equal("cloudtrail:UpdateTrail", Assert.Single(asked.Plan.Plan.Calls).Operation);
    }

    [Fact]
    public async Task Guard_of_the_type_is_said_before_what_the_provider_ignores()
    {
        _aws.CloudControl.Put(Json.Parse("""{"type":"AWS::SQS::Queue","identifier":"q","model":{"QueueUrl":"q"}}"""));
        _aws.On("cloudtrail:GetTrail", """{"Trail":{"Name":"main","HomeRegion":"eu-west-1"}}""");
        var guarded = Read("AWS::CloudTrail::Trail", """
            read: {call: cloudtrail:GetTrail, with: {Name: "${resource.id}"}, take: Trail.Level}
            recorded: configuration.level
            write: {call: cloudtrail:UpdateTrail, with: {Name: "${resource.id}", Level: "${target}"}}
            """).Types[0];
        var playbook = RegisteredPlaybook.Find(RegisteredPlaybook.NameOf("AWS::SQS::Queue"))! with
        {
            Types = [guarded with { Name = "AWS::SQS::Queue", Guards = [.. guarded.Guards.Select(g => g with { For = [] })] }],
        };

        var asked = await AskedAsync(
            "AWS::SQS::Queue", """{"QueueUrl":"q","MaximumMessageSize":1024}""", """{"QueueUrl":"q"}""", playbook);

        Assert.Equal("The trail is at home in another region, and is changed from there alone.", asked.Because);
    }

    [Fact]
    public async Task What_an_update_would_lose_is_said_where_nothing_is_put_back()
    {
        _aws.CloudControl.Put(Json.Parse(
            """{"type":"AWS::Events::EventBus","identifier":"main","model":{"Name":"main","Description":"b"}}"""));

        var refused = Assert.IsType<Planning.Refused>(await PlanAsync(
            "AWS::Events::EventBus",
            """{"Name":"main","Description":"a"}""",
            """{"Name":"main","Description":"b"}""",
            RegisteredPlaybook.Find(RegisteredPlaybook.NameOf("AWS::Events::EventBus"))!));

        Assert.Equal(
            new Planning.Refused(
                Reason.Masked,
                "Cloud Control sends the whole AWS::Events::EventBus with every update, and no read gives EventSourceName back: it would "
                + "be lost."),
            refused);
    }

    /// <summary>A setting beside it that goes back without a word does not silence it.</summary>
    [Fact]
    public async Task What_the_provider_ignores_is_said_also_beside_other_settings()
    {
        _aws.CloudControl.Put(Json.Parse("""{"type":"AWS::SQS::Queue","identifier":"q","model":{"QueueUrl":"q"}}"""));
        _aws.On("x:ReadName", """{"Name":"b"}""");
        var playbook = Read("AWS::SQS::Queue", """
            read: {call: x:ReadName, take: Name}
            recorded: supplementary.name
            want: a
            write: {call: x:WriteName, with: {Name: "${target}"}}
            """);

        var asked = await AskedAsync(
            "AWS::SQS::Queue",
            """{"QueueUrl":"q","MaximumMessageSize":1024}""",
            """{"QueueUrl":"q"}""",
            RegisteredPlaybook.Find(RegisteredPlaybook.NameOf("AWS::SQS::Queue"))!,
            playbook);

        Assert.Equal(
            "The way back is not exact: the provider of AWS::SQS::Queue ignores that MaximumMessageSize is taken away again.",
            asked.Because);
        Assert.Equal(["cloudcontrol:UpdateResource", "x:WriteName"], asked.Plan.Plan.Calls.Select(c => c.Operation));
    }

    /// <summary>What both write, the whole writes; what only the part writes is written by the part.</summary>
    [Theory]
    [InlineData("{call: x:WriteSize}", "[{call: x:WriteSize}, {call: x:WriteWidth}]", "x:WriteSize x:WriteSize x:WriteWidth")]
    [InlineData("[{call: x:WriteSize}, {call: x:WriteHeight}]", "{call: x:WriteSize}", "x:WriteSize x:WriteHeight")]
    public async Task Part_is_left_to_the_whole_where_that_has_all_of_its_calls(string whole, string part, string calls)
    {
        _aws.On("x:ReadSize", """{"Size":{"w":2,"h":2}}""");
        var size = Read("AWS::X::Thing", $$"""
            read: {call: x:ReadSize, take: Size}
            recorded: configuration.size
            write: {{whole}}
            """, "x/size");
        var width = Read("AWS::X::Thing", $$"""
            read: {call: x:ReadSize, take: "Size.{w: w}"}
            recorded: "configuration.size.{w: w}"
            want: {w: 1}
            write: {{part}}
            """);

        var planned = await PlanAsync("AWS::X::Thing", """{"size":{"w":1,"h":1}}""", """{"size":{"w":2,"h":2}}""", width, size);

        Assert.Equal(calls, string.Join(' ', planned.Proposal!.Plan.Calls.Select(c => c.Operation)));
    }

    private static Playbook Read(string type, string yaml, string name = "x/one") => PlaybookReader.Read(name, $"{name}.yaml", $"""
        summary: Sets it.
        rules: [{(yaml.Contains("want:", StringComparison.Ordinal) ? "X_RULE" : "")}]
        resource: {type}
        impact: none
        manual: Ask.
        {yaml}
        """);

    private async Task<Planning.Guarded> AskedAsync(string type, string good, string bad, params ImmutableArray<Playbook> playbooks) =>
        Assert.IsType<Planning.Guarded>(await PlanAsync(type, good, bad, playbooks));

    private async Task<Planning> PlanAsync(string type, string good, string bad, params ImmutableArray<Playbook> playbooks)
    {
        var resource = new ResourceKey(FakeAws.Account, FakeAws.Region, type, "main");
        _items.Add(resource, Item(resource, -10, bad, "b"), Item(resource, -60, good, "a"));
        var incident = Some.Incident(resource, now: _clock.GetUtcNow());
        var origin = incident.Origin with
        {
            CompliantBefore = _clock.GetUtcNow().AddMinutes(-60),
            OrderedAt = _clock.GetUtcNow().AddMinutes(-10),
        };
        return await new RollbackPlanner(_aws, _items, _clock).PlanAsync(
            incident with { Origin = origin },
            new()
            {
                Aims = [Aim.LastCompliant],
                Recorded = playbooks,
                Rule = new("X_RULE", Json.EmptyObject, IsTrusted: false),
                Parameters = Json.EmptyObject,
                MaxAge = TimeSpan.FromDays(30),
            },
            CancellationToken.None);
    }

    private JsonElement Item(ResourceKey resource, int minutes, string configuration, string name) => RollbackScenarios.Item(
        resource, _clock.GetUtcNow(), minutes, "OK", configuration, $$"""{"name":"{{name}}"}""", "{}");
}
