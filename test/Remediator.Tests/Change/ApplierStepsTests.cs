using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>A change of several steps: what is saved, read and called, in which order.</summary>
public sealed class ApplierStepsTests
{
    private const string Two = """
        steps:
          - name: first
            read: {call: x:ReadFirst, with: {Of: "${resource.handle}"}, take: Setting, gone-on: NoSuchThing}
            want: 1
            write: {call: x:WriteFirst, with: {Setting: "${target}"}, gone-on: NoSuchThing, done-on: AlreadyDone, fails-when: Failures}
          - name: second
            read: {call: x:ReadSecond, take: Setting, gone-on: NoSuchThing}
            want: 1
            write: {call: x:WriteSecond, with: {Setting: "${target}"}}

        """;

    private static readonly string Waiting = Two.Replace(
        "write: {call: x:WriteFirst", "wait: 1h\n    write: {call: x:WriteFirst", StringComparison.Ordinal);
    private readonly TestClock _clock = new();
    private readonly FakeAws _aws = new();
    private readonly List<string> _noted = [];
    private readonly Dictionary<string, int> _settings = new() { ["First"] = 0, ["Second"] = 0 };

    public ApplierStepsTests()
    {
        _aws.Before = operation =>
        {
            _noted.Add(operation[2..]);
            return Task.CompletedTask;
        };
        foreach (var name in _settings.Keys)
        {
            _aws.On($"x:Read{name}", _ => Json.Parse($$"""{"Setting":{{_settings[name]}}}"""));
            _aws.On($"x:Write{name}", input =>
            {
                _settings[name] = input.Member("Setting").GetInt32();
                return Json.EmptyObject;
            });
        }
    }

    [Fact]
    public async Task Each_step_is_saved_and_each_call_checked_before_it_is_made()
    {
        Assert.IsType<Applied.All>(await ApplyAsync(Two));

        Assert.Equal(["check", "WriteFirst", "save no run", "check", "WriteSecond"], _noted);
    }

    [Fact]
    public async Task Step_is_noted_with_its_number()
    {
        var (run, _) = await BeginAsync(Two);

        await Applier.ApplyAsync(run, await ReadyAsync(Two), _aws, CancellationToken.None);

        Assert.Equal("applying step 2", run.Incident.Entries[^1].What);
        Assert.Equal(1, run.Incident.Change!.Step);
    }

    /// <summary>What a step that takes time makes is read before the next one, and after the last one by whoever verifies.</summary>
    [Fact]
    public async Task After_a_step_that_takes_time_the_rest_is_read_anew()
    {
        Assert.IsType<Applied.All>(await ApplyAsync(Waiting));

        Assert.Equal(
            ["check", "WriteFirst", "ReadFirst", "save no run", "ReadSecond", "save no run", "check", "WriteSecond"], _noted);
    }

    [Fact]
    public async Task Step_that_has_not_shown_yet_holds_back_the_next_one()
    {
        _aws.On("x:WriteFirst", "{}");

        Assert.IsType<Applied.UnderWay>(await ApplyAsync(Waiting));

        Assert.Equal(["check", "WriteFirst", "ReadFirst"], _noted);
        Assert.Equal(0, _settings["Second"]);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("x/part", 1)]
    public async Task Steps_of_several_playbooks_do_not_wait_for_each_other(string of, int second)
    {
        _aws.On("x:WriteFirst", "{}");
        var playbook = Read(Waiting);
        var ready = await ReadyAsync(playbook with { Steps = [.. playbook.Steps.Select(s => s with { Of = of })] });

        var applied = await Applier.ApplyAsync(Begin(ready), ready, _aws, CancellationToken.None);

        Assert.Equal(second is 0 ? new Applied.UnderWay() : new Applied.All(), applied);
        Assert.Equal(second, _settings["Second"]);
    }

    [Fact]
    public async Task Step_of_which_the_resource_is_gone_ends_it()
    {
        _aws.On("x:WriteFirst", _ => throw FakeAws.Error("x:WriteFirst", "NoSuchThing", 404));

        Assert.IsType<Applied.Gone>(await ApplyAsync(Two));
    }

    [Fact]
    public async Task Runbook_of_which_the_resource_is_gone_ends_it()
    {
        var (run, playbook) = await BeginAsync(Two);
        var source = playbook.Steps[0].Write[0] with { Operation = Runbook.Start, Runs = LongCall.Runbook };
        var call = new ReadyCall(new(Runbook.Start, Json.Parse("""{"DocumentName":"AWS-Some"}""")), source);
        _aws.On(Runbook.Start, _ => throw FakeAws.Error(Runbook.Start, "NoSuchThing", 404));

        await Assert.ThrowsAsync<ResourceGoneException>(() => Applier.CallAsync(run, [call], Scope.Empty, _aws, CancellationToken.None));
    }

    [Fact]
    public async Task Call_that_has_nothing_to_do_is_done_and_any_other_refusal_is_an_error()
    {
        _aws.On("x:WriteFirst", _ => throw FakeAws.Error("x:WriteFirst", "AlreadyDone", 400));
        Assert.IsType<Applied.All>(await ApplyAsync(Two));

        _aws.On("x:WriteFirst", _ => throw FakeAws.Error("x:WriteFirst", "AccessDenied", 403));
        Assert.Equal("AccessDenied", (await Assert.ThrowsAsync<AwsException>(() => ApplyAsync(Two))).Code);
    }

    [Fact]
    public async Task Success_that_says_what_failed_is_an_error_with_what_it_says()
    {
        _aws.On("x:WriteFirst", """{"Failures":[{"Code":"Throttling","Id":"one"}]}""");

        var error = await Assert.ThrowsAsync<AwsException>(() => ApplyAsync(Two));

        Assert.Equal(
            ("x:WriteFirst", "Throttling", """[{"Code":"Throttling","Id":"one"}]""", ""),
            (error.Operation, error.Code, error.ServiceMessage, error.RequestId));
    }

    /// <summary>Settings of several playbooks may lie in each other: an earlier call may have put a later one right.</summary>
    [Theory]
    [InlineData(1, "check WriteFirst save no run check WriteSecond")]
    [InlineData(2, "ReadFirst save no run check WriteFirst save no run ReadSecond save no run check WriteSecond")]
    public async Task Steps_of_a_rollback_by_several_playbooks_are_read_again_before_their_calls(int playbooks, string noted)
    {
        var ready = await ReadyAsync(Two) with
        {
            Recorded = new(_clock.GetUtcNow(), new("1", _clock.GetUtcNow()), new("2", _clock.GetUtcNow()))
            {
                Playbooks = [.. Enumerable.Range(0, playbooks).Select(n => new PlaybookVersion($"x/{n}", ""))],
            },
        };
        var (run, _) = await BeginAsync(Two);
        _noted.Clear();

        await Applier.ApplyAsync(run, ready, _aws, CancellationToken.None);

        Assert.Equal(noted, string.Join(' ', _noted));
    }

    [Fact]
    public async Task People_are_asked_again_before_a_step_that_says_so()
    {
        var yaml = Two.Replace("  - name: second\n", "  - name: second\n    ask-again: Look at it.\n", StringComparison.Ordinal);
        var ready = await ReadyAsync(yaml);
        var (run, _) = await BeginAsync(yaml);
        await run.SaveAsync(
            run.Incident with { Change = run.Incident.Change! with { AgreedBy = "alice" } }, CancellationToken.None);
        _noted.Clear();

        Assert.Equal(new Applied.Asks(1), await Applier.ApplyAsync(run, ready, _aws, CancellationToken.None));

        Assert.Equal(["check", "WriteFirst"], _noted);
    }

    [Fact]
    public async Task Restarted_worker_does_not_go_on_under_a_name_that_is_gone()
    {
        var yaml = "resolve:\n  handle: {call: x:Find, take: Handle, gone-on: NoSuchThing}\n"
            + Two.Replace("{Setting: ", "{Of: '${resource.handle}', Setting: ", StringComparison.Ordinal);
        _aws.On("x:Find", """{"Handle":"h"}""");
        var (run, playbook) = await BeginAsync(yaml);
        _aws.On("x:Find", _ => throw FakeAws.Error("x:Find", "NoSuchThing", 404));
        _noted.Clear();

        Assert.IsType<Applied.Gone>(await Applier.ResumeAsync(run, playbook, _aws, CancellationToken.None));

        Assert.Equal(["Find"], _noted);
    }

    [Fact]
    public async Task Restarted_worker_goes_on_at_the_step_that_was_saved()
    {
        var (run, playbook) = await BeginAsync(Two, step: 1);
        _noted.Clear();

        Assert.IsType<Applied.All>(await Applier.ResumeAsync(run, playbook, _aws, CancellationToken.None));

        Assert.Equal(["ReadSecond", "save no run", "check", "WriteSecond"], _noted);
        Assert.Equal("applying what is left", run.Incident.Entries[^1].What);
    }

    [Fact]
    public async Task Restarted_worker_waits_for_a_step_that_has_not_shown_yet()
    {
        var (run, playbook) = await BeginAsync(Waiting);
        _aws.On("x:WriteFirst", "{}");

        Assert.IsType<Applied.UnderWay>(await Applier.ResumeAsync(run, playbook, _aws, CancellationToken.None));

        Assert.Equal(0, _settings["Second"]);
    }

    [Fact]
    public async Task Restarted_worker_whose_calls_are_all_made_only_waits()
    {
        var (run, playbook) = await BeginAsync(Two, step: 1);
        (_settings["First"], _settings["Second"]) = (1, 1);
        _noted.Clear();

        Assert.IsType<Applied.All>(await Applier.ResumeAsync(run, playbook, _aws, CancellationToken.None));

        Assert.Equal(["ReadSecond"], _noted);
    }

    [Fact]
    public async Task Restarted_worker_finds_the_resource_gone_by_a_read()
    {
        var (run, playbook) = await BeginAsync(Two);
        _aws.On("x:ReadFirst", _ => throw FakeAws.Error("x:ReadFirst", "NoSuchThing", 404));

        Assert.IsType<Applied.Gone>(await Applier.ResumeAsync(run, playbook, _aws, CancellationToken.None));
    }

    [Fact]
    public async Task Restarted_worker_without_a_plan_has_nothing_to_do()
    {
        var run = new SavedRun(Some.Incident(), _clock, _noted);

        Assert.IsType<Applied.All>(await Applier.ResumeAsync(run, Read(Two), _aws, CancellationToken.None));

        Assert.Empty(_noted);
    }

    private async Task<Applied> ApplyAsync(string yaml)
    {
        (_settings["First"], _settings["Second"]) = (0, 0);
        var ready = await ReadyAsync(yaml);
        var (run, _) = await BeginAsync(yaml);
        _noted.Clear();
        return await Applier.ApplyAsync(run, ready, _aws, CancellationToken.None);
    }

    private async Task<(SavedRun Run, Playbook Playbook)> BeginAsync(string yaml, int step = 0)
    {
        var ready = await ReadyAsync(yaml);
        return (Begin(ready, step), ready.Playbook);
    }

    private SavedRun Begin(Planning.Ready ready, int step = 0)
    {
        var incident = Some.Incident(now: _clock.GetUtcNow());
        var begun = Transitions.Begun(
            incident with { Change = ready.Change }, reverts: 0, _clock.GetUtcNow(), _clock.GetUtcNow().AddMinutes(3));
        return new(begun with { Change = begun.Change! with { Step = step } }, _clock, _noted);
    }

    private Task<Planning.Ready> ReadyAsync(string yaml) => ReadyAsync(Read(yaml));

    private async Task<Planning.Ready> ReadyAsync(Playbook playbook) => Assert.IsType<Planning.Ready>(await Planner.PlanAsync(
        playbook, Scope.Empty.With("resource", Json.Parse("""{"handle":"h"}""")), _aws, CancellationToken.None));

    private static Playbook Read(string yaml) => PlaybookReader.Read("x/two", "x/two.yaml", $"""
        summary: Sets both.
        rules: [X_RULE]
        resource: AWS::X::Thing
        impact: none
        manual: Ask.
        {yaml}
        """);
}
