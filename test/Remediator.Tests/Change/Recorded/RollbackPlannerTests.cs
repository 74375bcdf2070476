using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Change.Recorded;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded;

/// <summary>The plan of a rollback from items, playbooks and what the APIs answer: no journal and no policy.</summary>
public sealed class RollbackPlannerTests
{
    private const string Head = """
        summary: Sets it.
        resource: AWS::X::Thing
        impact: none
        manual: Ask.

        """;

    private static readonly Playbook Level = Read("x/level", """
        params:
          role: {default: our-role, description: Who writes.}
        resolve:
          handle: {call: x:Find, with: {Kind: level}, take: Handle}
        read: {call: x:ReadLevel, with: {Of: "${resource.handle}"}, take: Level, gone-on: NoSuchThing}
        recorded: configuration.level
        want: 1
        write: {call: x:WriteLevel, with: {Of: "${resource.handle}", Role: "${params.role}", Level: "${target}"}}
        """);

    private static readonly Playbook Name = Read("x/name", """
        params:
          role: {default: another-role, description: Who writes.}
        resolve:
          handle: {call: x:Find, with: {Kind: name}, take: Handle}
        read: {call: x:ReadName, with: {Of: "${resource.handle}"}, take: Name}
        recorded: configuration.name
        want: one
        write: {call: x:WriteName, with: {Of: "${resource.handle}", Role: "${params.role}", Name: "${target}"}}
        """);

    private static readonly ResourceKey Thing = new(FakeAws.Account, FakeAws.Region, "AWS::X::Thing", "one");
    private static readonly ResourceKey Queue = Thing with { Type = "AWS::SQS::Queue" };
    private readonly TestClock _clock = new();
    private readonly FakeAws _aws = new();
    private readonly RecordedItems _items = new();

    public RollbackPlannerTests() => _aws
        .On("x:Find", input => Json.Parse($$"""{"Handle":"the {{input.TextOf("Kind")}}"}"""))
        .On("x:ReadLevel", """{"Level":3}""")
        .On("x:ReadName", """{"Name":"b"}""");

    [Fact]
    public async Task Plan_says_what_is_written_and_between_which_items_and_by_which_playbooks()
    {
        Record(Thing, """{"level":1}""", """{"level":2}""", """{"level":3}""");

        var ready = await ReadyAsync(Thing, Level);

        var step = Assert.Single(ready.Plan.Steps);
        Assert.Equal(("x/level", "3", "1"), (step.Step, step.Before.GetRawText(), step.After.GetRawText()));
        Assert.Equal(["""x:WriteLevel {"Of":"the level","Role":"our-role","Level":1}"""], Calls(ready));
        Assert.Equal("x/level", ready.Playbook.Name);
        var recorded = ready.Recorded!;
        Assert.Equal(At(-60), recorded.CompliantAt);
        Assert.Equal((Id(-60), At(-60), Id(-1), At(-1)), (
            recorded.Good.StateId, recorded.Good.CapturedAt, recorded.Latest.StateId, recorded.Latest.CapturedAt));
        Assert.Equal([("x/level", PlaybookLibrary.HashOf(Level.Source))], recorded.Playbooks.Select(p => (p.Name, p.Hash)));
        Assert.Null(ready.Owner);
    }

    [Fact]
    public async Task Call_of_each_playbook_goes_to_what_that_playbook_found_and_with_its_own_parameters()
    {
        Record(Thing, """{"level":1,"name":"a"}""", """{"level":3,"name":"b"}""");

        var ready = await ReadyAsync(Thing, Level, Name);

        Assert.Equal(
            [
                """x:WriteLevel {"Of":"the level","Role":"our-role","Level":1}""",
                """x:WriteName {"Of":"the name","Role":"another-role","Name":"a"}""",
            ],
            Calls(ready));
        Assert.Equal(["x/level", "x/name"], ready.Plan.Steps.Select(s => s.Step));
        Assert.Equal(["x/level", "x/name"], ready.Recorded!.Playbooks.Select(p => p.Name));
        Assert.Equal("rollback/AWS::X::Thing", ready.Playbook.Name);
    }

    [Fact]
    public async Task Only_what_drifted_is_read_and_only_by_the_playbooks_that_know_it()
    {
        Record(Thing, """{"level":1,"name":"b"}""", """{"level":3,"name":"b"}""");

        var ready = await ReadyAsync(Thing, Level, Name);

        Assert.Equal(["x:Find", "x:ReadLevel"], _aws.Calls);
        Assert.Equal("x/level", ready.Playbook.Name);
    }

    /// <summary>The setting that is for rollbacks alone is the one that knows how to put all of it back.</summary>
    [Fact]
    public async Task Setting_that_two_playbooks_know_is_put_back_once_by_the_one_for_rollbacks()
    {
        var whole = Read("x/whole", """
            read: {call: x:ReadLevel, take: Level}
            recorded: configuration.level
            write: {call: x:WriteAll, with: {Level: "${target}"}}
            """);
        Record(Thing, """{"level":1}""", """{"level":3}""");

        Assert.Equal(["""x:WriteAll {"Level":1}"""], Calls(await ReadyAsync(Thing, Level, whole)));
    }

    [Theory]
    [InlineData("x:WriteSize", "{Of: size}", "configuration.size", "x:WriteSize {\"Size\":{\"w\":1,\"h\":1}}")]
    [InlineData("x:WriteWidth", "{}", "configuration.size", "x:WriteSize {\"Size\":{\"w\":1,\"h\":1}}|x:WriteWidth {}")]
    [InlineData("x:WriteSize", "{}", "configuration.other", "x:WriteSize {\"Size\":{\"w\":1,\"h\":1}}|x:WriteSize {}")]
    public async Task Part_of_a_setting_that_is_put_back_as_a_whole_is_left_out_where_the_same_call_writes_it(
        string call, string with, string from, string calls)
    {
        var size = Read("x/size", """
            read: {call: x:ReadSize, take: Size}
            recorded: configuration.size
            write: {call: x:WriteSize, with: {Size: "${target}"}}
            """);
        var width = Read("x/width", $$"""
            read: {call: x:ReadSize, take: "Size.{w: w}"}
            recorded: "{{from}}.{w: w}"
            want: {w: 1}
            write: {call: "{{call}}", with: {{with}}}
            """);
        _aws.On("x:ReadSize", """{"Size":{"w":2,"h":2}}""");
        Record(Thing, """{"size":{"w":1,"h":1},"other":{"w":0}}""", """{"size":{"w":2,"h":2},"other":{"w":2}}""");

        Assert.Equal(calls, string.Join('|', Calls(await ReadyAsync(Thing, width, size))));
    }

    [Fact]
    public async Task Where_nothing_of_what_can_be_put_back_differs_the_cause_is_said_to_lie_elsewhere()
    {
        Record(Thing, """{"level":1,"other":1}""", """{"level":1,"other":2}""");

        await AssertRefusedAsync(
            Reason.CauseElsewhere,
            "None of the settings of AWS::X::Thing that can be put back differ between what AWS Config recorded while the rule held "
            + $"(item {Id(-60)} of {At(-60).UtcDateTime:u}) and what the rule found wrong (item {Id(-10)} of {At(-10).UtcDateTime:u}): "
            + "the cause lies elsewhere.",
            Thing, Level);
        Assert.Empty(_aws.Calls);
    }

    [Fact]
    public async Task What_the_history_lacks_is_the_reason_for_no_plan()
    {
        Record(Thing);

        await AssertRefusedAsync(Reason.NoHistory, "AWS Config has no recorded configuration of the resource.", Thing, Level);
    }

    [Fact]
    public async Task Resource_that_the_API_does_not_know_is_gone()
    {
        Record(Thing, """{"level":1,"name":"a"}""", """{"level":3,"name":"b"}""");
        _aws.On("x:Find", input => input.TextOf("Kind") is "name" ? Json.EmptyObject : Json.Parse("""{"Handle":"h"}"""));

        Assert.Equal("x:Find does not know it", (await GoneAsync(Level, Name)).Why);

        _aws.On("x:Find", """{"Handle":"h"}""").On("x:ReadLevel", _ => throw FakeAws.Error("x:ReadLevel", "NoSuchThing", 404));
        Assert.Equal("x:ReadLevel does not find it, or says that it is ending", (await GoneAsync(Level)).Why);
    }

    [Fact]
    public async Task Resource_that_is_not_there_by_what_is_known_of_its_type_is_gone()
    {
        var table = Thing with { Type = "AWS::DynamoDB::Table" };
        var known = new PlaybookLibrary(Repository.At("playbooks")).Load("dynamodb/table-deletion-protection");
        _items.Add(
            table,
            Item(table, -10, """{"deletionProtectionEnabled":false}"""),
            Item(table, -60, """{"deletionProtectionEnabled":true}"""));
        _aws.On("dynamodb:DescribeTable", _ => throw FakeAws.Error("dynamodb:DescribeTable", "ResourceNotFoundException", 400));

        var gone = Assert.IsType<Planning.Gone>(await PlanAsync(table, order => order, known));

        Assert.Equal("dynamodb:DescribeTable does not find it, or says that it is ending", gone.Why);
    }

    [Fact]
    public async Task What_is_there_again_needs_no_change()
    {
        Record(Thing, """{"level":3}""", """{"level":2}""");

        var right = Assert.IsType<Planning.AlreadyRight>(await PlanAsync(Thing, order => order, Level));

        Assert.Equal($"what was recorded at {At(-60).UtcDateTime:u} is there again", right.Seen);
        Assert.Equal("one", right.Scope["resource"].TextOf("id"));
    }

    [Fact]
    public async Task What_the_playbook_has_no_call_for_is_said_with_the_name_of_the_setting()
    {
        var silent = Read("x/silent", """
            read: {call: x:ReadLevel, take: Level}
            recorded: configuration.level
            want: 1
            write: {call: x:WriteLevel, when: "target == `7`", with: {Level: "${target}"}}
            """);
        Record(Thing, """{"level":1,"name":"a"}""", """{"level":3,"name":"b"}""");

        await AssertRefusedAsync(Reason.Unsupported, "The playbook has no call that puts back x/silent.", Thing, Name, silent);
    }

    [Fact]
    public async Task What_somebody_changed_since_the_last_item_is_said_with_its_place()
    {
        var size = Read("x/size", """
            read: {call: x:ReadSize, take: Size}
            recorded: configuration.size
            write: {call: x:WriteSize, with: {Size: "${target}"}}
            """);
        _aws.On("x:ReadSize", """{"Size":{"w":7,"h":8}}""");
        Record(Thing, """{"size":{"w":1,"h":1}}""", """{"size":{"w":2,"h":2}}""", """{"size":{"w":2,"h":2}}""");

        await AssertRefusedAsync(
            Reason.ChangedSince,
            $"Since AWS Config recorded it last, at {At(-1).UtcDateTime:u}, somebody changed what would be put back: w, h.",
            Thing, size);
    }

    [Fact]
    public async Task What_Config_does_not_record_is_said_with_its_place()
    {
        _aws.On("x:ReadName", """{"Name":"b"}""");
        Record(Thing, """{"name":"******"}""", """{"name":"b"}""");

        await AssertRefusedAsync(
            Reason.Masked,
            $"AWS Config does not record the value: the value of {At(-60).UtcDateTime:u} is not known.",
            Thing, Name);
    }

    [Fact]
    public async Task Guard_of_a_playbook_that_does_not_hold_asks_a_person()
    {
        var guarded = Read("x/guarded", """
            guard: {call: x:ReadName, take: Name, expect: result == 'a', because: Its name is another.}
            read: {call: x:ReadLevel, take: Level}
            recorded: configuration.level
            want: 1
            write: {call: x:WriteLevel, with: {Level: "${target}"}}
            """);
        Record(Thing, """{"level":1}""", """{"level":3}""");

        var asked = Assert.IsType<Planning.Guarded>(await PlanAsync(Thing, order => order, guarded));

        Assert.Equal((Reason.Guarded, "Its name is another."), (asked.Reason, asked.Because));
        Assert.Equal(["""x:WriteLevel {"Level":1}"""], Calls(asked.Plan));
        Assert.NotNull(asked.Plan.Recorded);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(OwnedHandling.Ask, true)]
    [InlineData(OwnedHandling.RevertStack, true)]
    [InlineData(OwnedHandling.Change, false)]
    internal async Task What_a_stack_owns_by_its_recorded_tags_is_changed_where_the_policy_says_so(OwnedHandling? handling, bool isAsked)
    {
        _items.Add(
            Thing,
            Item(Thing, -10, """{"level":3}""", """{"aws:cloudformation:stack-name":"web"}"""),
            Item(Thing, -60, """{"level":1}"""));

        var planned = await PlanAsync(Thing, order => order with { Owned = handling }, Level);

        var ready = planned.Proposal!;
        Assert.Equal(new ResourceOwner(ResourceOwner.Stack, "web"), ready.Owner);
        if (!isAsked)
        {
            Assert.Same(ready, planned);
            return;
        }

        var asked = Assert.IsType<Planning.Guarded>(planned);
        Assert.Equal(
            (Reason.OwnedByStack, "CloudFormation stack web owns it: its next deployment may undo the change."),
            (asked.Reason, asked.Because));
    }

    [Fact]
    public async Task Model_that_Config_did_not_record_in_CloudFormations_shape_is_not_put_back()
    {
        Record(Queue, """{"QueueUrl":"q","DelaySeconds":0}""", """{"queueUrl":"q","delaySeconds":5}""");

        await AssertRefusedAsync(
            Reason.Unsupported,
            $"AWS Config did not record AWS::SQS::Queue in CloudFormation's shape in item {Id(-10)} of {At(-10).UtcDateTime:u}, so it "
            + "cannot be put back through Cloud Control.",
            Queue, Registered);
    }

    [Theory]
    [InlineData("", "The way back is not exact: the provider of AWS::SQS::Queue ignores that MaximumMessageSize is taken away again.")]
    [InlineData(
        "web",
        "CloudFormation stack web owns it: its next deployment may undo the change. The way back is not exact: the provider of "
        + "AWS::SQS::Queue ignores that MaximumMessageSize is taken away again.")]
    public async Task What_the_provider_ignores_asks_a_person_together_with_the_owner(string stack, string because)
    {
        var tags = stack.Length == 0 ? "{}" : $$"""{"aws:cloudformation:stack-name":"{{stack}}"}""";
        _items.Add(
            Queue,
            Item(Queue, -10, """{"QueueUrl":"q"}""", tags),
            Item(Queue, -60, """{"QueueUrl":"q","MaximumMessageSize":1024}"""));
        _aws.CloudControl.Put(Json.Parse(
            """{"type":"AWS::SQS::Queue","identifier":"q","model":{"QueueUrl":"q","QueueName":"one"}}"""));

        var asked = Assert.IsType<Planning.Guarded>(await PlanAsync(Queue, order => order with { Role = "deployer" }, Registered));

        Assert.Equal((stack.Length == 0 ? Reason.Guarded : Reason.OwnedByStack, because), (asked.Reason, asked.Because));
        var call = Assert.Single(asked.Plan.Plan.Calls);
        Assert.Equal(
            ("AWS::SQS::Queue", "q", "arn:aws:iam::123456789012:role/deployer"),
            (call.Input.TextOf("TypeName"), call.Input.TextOf("Identifier"), call.Input.TextOf("RoleArn")));
        Assert.Equal("""[{"op":"add","path":"/MaximumMessageSize","value":1024}]""", call.Input.TextOf("PatchDocument"));
    }

    [Fact]
    public async Task What_Cloud_Control_does_not_find_is_gone_and_an_answer_about_another_resource_is_none()
    {
        Record(Queue, """{"QueueUrl":"q","DelaySeconds":0}""", """{"QueueUrl":"q","DelaySeconds":5}""");

        var gone = Assert.IsType<Planning.Gone>(await PlanAsync(Queue, order => order, Registered));
        Assert.Equal("cloudcontrol:GetResource does not find it, or says that it is ending", gone.Why);

        _aws.On("cloudcontrol:GetResource", """{"ResourceDescription":{"Identifier":"other","Properties":"{}"}}""");
        Assert.Equal(
            "cloudcontrol:GetResource was asked about 'q', and answers about 'other': it may be another resource.",
            (await Assert.ThrowsAsync<WrongResourceException>(() => PlanAsync(Queue, order => order, Registered))).Message);
    }

    private static Playbook Registered => RegisteredPlaybook.Find(RegisteredPlaybook.NameOf("AWS::SQS::Queue"))!;

    private static Playbook Read(string name, string yaml) => PlaybookReader.Read(
        name, $"{name}.yaml", $"{Head}rules: [{(yaml.Contains("want:", StringComparison.Ordinal) ? "X_RULE" : "")}]\n{yaml}");

    private static IEnumerable<string> Calls(Planning.Ready ready) =>
        ready.Plan.Calls.Select(c => $"{c.Operation} {c.Input.GetRawText()}");

    private DateTimeOffset At(int minutes) => _clock.GetUtcNow().AddMinutes(minutes);

    private string Id(int minutes) => Item(Thing, minutes, "{}").TextOf("configurationStateId")!;

    /// <summary>What was recorded while the rule held, when it found it wrong, and later.</summary>
    private void Record(ResourceKey resource, params string[] configurations) => _items.Add(
        resource, [.. configurations.Zip([-60, -10, -1], (text, minutes) => Item(resource, minutes, text)).Reverse()]);

    private JsonElement Item(ResourceKey resource, int minutes, string configuration, string tags = "{}") =>
        RollbackScenarios.Item(resource, _clock.GetUtcNow(), minutes, "OK", configuration, "{}", tags);

    private Task<Planning> PlanAsync(
        ResourceKey resource, Func<ChangeOrder, ChangeOrder> with, params ImmutableArray<Playbook> playbooks)
    {
        var incident = Some.Incident(resource, now: _clock.GetUtcNow());
        var order = with(new()
        {
            Aims = [Aim.LastCompliant],
            Recorded = playbooks,
            Rule = new("X_RULE", Json.EmptyObject, IsTrusted: false),
            Parameters = Json.EmptyObject,
            MaxAge = TimeSpan.FromDays(30),
        });
        return new RollbackPlanner(_aws, _items, _clock).PlanAsync(
            incident with { Origin = incident.Origin with { CompliantBefore = At(-60), OrderedAt = At(-10) } },
            order,
            CancellationToken.None);
    }

    private async Task<Planning.Ready> ReadyAsync(ResourceKey resource, params ImmutableArray<Playbook> playbooks) =>
        Assert.IsType<Planning.Ready>(await PlanAsync(resource, order => order, playbooks));

    private async Task<Planning.Gone> GoneAsync(params ImmutableArray<Playbook> playbooks) =>
        Assert.IsType<Planning.Gone>(await PlanAsync(Thing, order => order, playbooks));

    private async Task AssertRefusedAsync(Reason reason, string why, ResourceKey resource, params ImmutableArray<Playbook> playbooks) =>
        Assert.Equal(new Planning.Refused(reason, why), await PlanAsync(resource, order => order, playbooks));
}
