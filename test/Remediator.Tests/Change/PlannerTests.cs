using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>What a playbook makes of what it reads: a plan, nothing to do, or a reason why there is no plan.</summary>
public sealed class PlannerTests
{
    private const string Read = """
        read: {call: x:Read, take: Setting, gone-on: NoSuchThing}

        """;

    private const string Want = """
        want: {On: true}
        write: {call: x:Write, when: "target.Level != `7`", with: {Setting: "${target}"}}

        """;

    private const string Guard = """
        guard: {call: x:ReadGuard, take: Guard, gone-on: NoSuchThing, expect: "result == 'ok'", because: Somebody uses it.}

        """;

    private readonly FakeAws _aws = new FakeAws().On("x:Read", """{"Setting":{"On":false}}""").On("x:ReadGuard", """{"Guard":"ok"}""")
        .On("x:Find", "{}");

    [Fact]
    public async Task Playbook_for_another_type_is_refused_with_the_type()
    {
        var refused = Assert.IsType<Planning.Refused>(await PlanAsync(Read + Want, "AWS::Y::Other"));

        Assert.Equal(Reason.NotConfigured, refused.Reason);
        Assert.Contains("AWS::Y::Other", refused.Why, StringComparison.Ordinal);
        Assert.Empty(_aws.Calls);
    }

    [Fact]
    public async Task Resource_that_is_not_there_is_gone_by_whichever_call_says_so()
    {
        _aws.On("x:ReadGuard", _ => throw FakeAws.Error("x:ReadGuard", "NoSuchThing", 404));
        Assert.Equal<Planning>(new Planning.Gone("x:ReadGuard does not find it"), await PlanAsync(Guard + Read + Want));

        _aws.On("x:Read", _ => throw FakeAws.Error("x:Read", "NoSuchThing", 404));
        Assert.Equal<Planning>(new Planning.Gone("x:Read does not find it, or says that it is ending"), await PlanAsync(Read + Want));

        Assert.Equal(
            new Planning.Gone("x:Find does not know it"),
            await PlanAsync("resolve:\n  handle: {call: x:Find, take: Handle}\n" + Read + Want));
    }

    [Fact]
    public async Task What_is_right_is_said_with_what_was_read()
    {
        _aws.On("x:Read", """{"Setting":{"On":true}}""").On("x:ReadOther", "{}");

        var one = Assert.IsType<Planning.AlreadyRight>(await PlanAsync(Read + Want));
        var two = Assert.IsType<Planning.AlreadyRight>(await PlanAsync("""
            steps:
              - name: first
                read: {call: x:Read, take: Setting}
                want: {On: true}
                write: {call: x:Write, with: {Setting: "${target}"}}
              - name: second
                read: {call: x:ReadOther, take: Setting}
                unless: "`true`"
                want: 1
                write: {call: x:Write, with: {Setting: "${target}"}}
            """));

        Assert.Equal("setting: {On: true}", one.Seen);
        Assert.Equal("first: {On: true}; second: nothing", two.Seen);
    }

    [Fact]
    public async Task What_the_playbook_has_no_call_for_is_unsupported()
    {
        _aws.On("x:Read", """{"Setting":{"On":false,"Level":7}}""");

        Assert.Equal(
            new Planning.Refused(
                Reason.Unsupported, "The setting is not right, and the playbook has no call for what it would have to be."),
            await PlanAsync(Read + Want));
    }

    [Fact]
    public async Task Guard_that_does_not_hold_asks_a_person_and_shows_the_plan()
    {
        _aws.On("x:ReadGuard", """{"Guard":"used"}""");

        var asked = Assert.IsType<Planning.Guarded>(await PlanAsync(Guard + Read + Want));

        Assert.Equal((Reason.Guarded, "Somebody uses it."), (asked.Reason, asked.Because));
        Assert.Equal("x:Write", Assert.Single(asked.Plan.Plan.Calls).Operation);
    }

    [Fact]
    public async Task Guard_that_holds_lets_the_plan_be_made() => Assert.IsType<Planning.Ready>(await PlanAsync(Guard + Read + Want));

    /// <summary>A guard that looks at the rule's parameters says that the resource is wrong although nothing would be changed.</summary>
    [Theory]
    [InlineData("used", "Somebody uses it.")]
    [InlineData("ok", null)]
    [InlineData("gone", "x:ReadGuard does not find it")]
    public async Task Guard_about_a_parameter_of_the_rule_is_looked_at_where_there_is_nothing_to_change(string found, string? why)
    {
        _aws.On("x:Read", """{"Setting":{"On":true}}""").On(
            "x:ReadGuard",
            _ => found is "gone" ? throw FakeAws.Error("x:ReadGuard", "NoSuchThing", 404) : Json.Parse($$"""{"Guard":"{{found}}"}"""));
        var guard = Guard.Replace("result == 'ok'", "result == 'ok' || rule.uses == 'any'", StringComparison.Ordinal);

        var planned = await PlanAsync(guard + Read + Want);

        Assert.Equal(why, planned switch
        {
            Planning.Refused(Reason.Guarded, var because) => because,
            Planning.Gone(var gone) => gone,
            Planning.AlreadyRight => null,
            var other => $"{other}",
        });
    }

    /// <summary>What a playbook would do may make no sense where a guard of the type is broken: then there is no plan to show.</summary>
    [Theory]
    [InlineData("eu-west-1", "The trail is at home in another region, and is changed from there alone.")]
    [InlineData("us-east-1", null)]
    public async Task Where_a_guard_of_the_type_is_broken_a_value_that_cannot_be_worked_out_is_no_fault(string home, string? because)
    {
        _aws.On("cloudtrail:GetTrail", $$$"""{"Trail":{"Name":"one","HomeRegion":"{{{home}}}","Level":3}}""");
        var playbook = Trail("want: \"${sort(state)}\"");

        if (because is null)
        {
            await Assert.ThrowsAsync<ExpressionException>(() => Planner.PlanAsync(playbook, TrailScope, _aws, CancellationToken.None));
            return;
        }

        Assert.Equal(
            new Planning.Refused(Reason.Guarded, because), await Planner.PlanAsync(playbook, TrailScope, _aws, CancellationToken.None));
    }

    [Fact]
    public async Task Guard_of_the_type_is_the_reason_also_where_the_playbook_would_have_no_call()
    {
        _aws.On("cloudtrail:GetTrail", """{"Trail":{"Name":"one","HomeRegion":"eu-west-1","Level":3}}""");
        var playbook = Trail("want: 1", "when: \"`false`\", ");

        Assert.Equal(
            new Planning.Refused(Reason.Guarded, "The trail is at home in another region, and is changed from there alone."),
            await Planner.PlanAsync(playbook, TrailScope, _aws, CancellationToken.None));
    }

    private static readonly Scope TrailScope = Scope.Empty
        .With("resource", Json.Parse("""{"type":"AWS::CloudTrail::Trail","id":"one"}"""))
        .With("account", Json.Parse("""{"id":"123456789012","region":"us-east-1"}"""));

    private static Playbook Trail(string want, string when = "") => PlaybookReader.Read("x/trail", "x/trail.yaml", $$$"""
        summary: Sets it.
        rules: [X_RULE]
        resource: AWS::CloudTrail::Trail
        impact: none
        manual: Ask.
        read: {call: cloudtrail:GetTrail, with: {Name: "${resource.id}"}, take: Trail.Level}
        {{{want}}}
        write: {call: cloudtrail:UpdateTrail, {{{when}}}with: {Name: "${resource.id}", Level: "${target}"}}
        """);

    private Task<Planning> PlanAsync(string yaml, string type = "AWS::X::Thing")
    {
        var playbook = PlaybookReader.Read("x/one", "x/one.yaml", $"""
            summary: Sets it.
            rules: [X_RULE]
            resource: AWS::X::Thing
            impact: none
            manual: Ask.
            {yaml}
            """);
        var scope = Scope.Empty.With("resource", Json.Object([new("type", Json.Text(type)), new("id", Json.Text("one"))]))
            .With("rule", Json.EmptyObject).With("params", Json.EmptyObject);
        return Planner.PlanAsync(playbook, scope, _aws, CancellationToken.None);
    }
}
