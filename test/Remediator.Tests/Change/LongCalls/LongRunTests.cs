using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Change.LongCalls;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change.LongCalls;

/// <summary>A runbook from its token in the journal to its end.</summary>
public sealed class LongRunTests
{
    private static readonly PlannedCall Start = new(
        "ssm:StartAutomationExecution", Json.Parse("""{"DocumentName":"AWS-ResizeInstance","Parameters":{"InstanceId":["i-1"]}}"""));

    private readonly TestClock _clock = new();
    private readonly FakeAws _aws = new();
    private readonly List<string> _noted = [];
    private readonly SavedRun _run;

    public LongRunTests()
    {
        _run = NewRun();
        _aws.Before = operation =>
        {
            _noted.Add(operation);
            return Task.CompletedTask;
        };
        _aws.On(Start.Operation, """{"AutomationExecutionId":"run-1"}""");
        Says("InProgress");
    }

    [Fact]
    public async Task Run_is_started_with_the_token_that_was_saved_and_its_id_is_kept()
    {
        await RunAsync();

        var started = _run.Incident.Change!.Runbook!;
        Assert.Equal(["save no id", Start.Operation, "save run-1", "ssm:GetAutomationExecution"], _noted.Take(4));
        Assert.Equal(
            $$"""{"DocumentName":"AWS-ResizeInstance","Parameters":{"InstanceId":["i-1"]},"ClientToken":"{{started.Token}}"}""",
            _aws.All[0].Input.GetRawText());
        Assert.Equal("""{"AutomationExecutionId":"run-1"}""", _aws.All[1].Input.GetRawText());
        Assert.Equal("starting runbook AWS-ResizeInstance", Assert.Single(_run.Incident.Entries).What);
        Assert.Equal(("AWS-ResizeInstance", "InProgress", Start.Operation), (started.Name, started.Status, started.Operation));
        Assert.Equal("save run-1 InProgress", _noted[^1]);
    }

    [Fact]
    public async Task What_is_asked_for_again_goes_on_with_the_run_that_is_under_way_and_anything_else_is_started()
    {
        await RunAsync();
        var token = _run.Incident.Change!.Runbook!.Token;
        _noted.Clear();

        await RunAsync();
        Assert.DoesNotContain(Start.Operation, _noted);

        await RunAsync(Start with { Input = Json.Parse("""{"DocumentName":"AWS-ResizeInstance"}""") });
        Assert.Contains(Start.Operation, _noted);
        Assert.NotEqual(token, _run.Incident.Change!.Runbook!.Token);
    }

    /// <summary>A token that two starts share would make AWS answer the second with the run of the first.</summary>
    [Fact]
    public async Task Token_is_of_the_incident_the_step_the_time_and_what_is_asked_for()
    {
        var tokens = new HashSet<string>();
        async Task AddAsync(SavedRun run, PlannedCall call) =>
            tokens.Add((await LongRun.WrittenAheadAsync(run, LongCall.Runbook, call, CancellationToken.None)).Token);

        await AddAsync(NewRun(), Start);
        await AddAsync(NewRun(), Start);
        Assert.Single(tokens);

        await AddAsync(NewRun(), Start with { Input = Json.EmptyObject });
        await AddAsync(NewRun(step: 1), Start);
        await AddAsync(NewRun(resource: "another"), Start);
        _clock.Advance(TimeSpan.FromTicks(1));
        await AddAsync(NewRun(), Start);
        Assert.Equal(5, tokens.Count);
        Assert.All(tokens, token => Assert.Equal(36, token.Length));
    }

    [Fact]
    public async Task Answer_that_names_no_run_is_an_error()
    {
        _aws.On(Start.Operation, "{}");

        var error = await Assert.ThrowsAsync<AwsException>(() => RunAsync());

        Assert.Equal($"{Start.Operation} failed: NoExecution (200). The answer names no execution.", error.Message);
    }

    [Fact]
    public async Task Good_end_is_noted_and_the_same_can_be_started_again()
    {
        Says("Success");

        await RunAsync();

        Assert.Equal("save no run", _noted[^1]);
        Assert.Equal("runbook AWS-ResizeInstance: Success, execution run-1", _run.Incident.Entries[^1].What);
    }

    [Theory]
    [InlineData("It was refused.", "AWS-ResizeInstance ended as Failed, execution run-1. It was refused.")]
    [InlineData("", "AWS-ResizeInstance ended as Failed, execution run-1.")]
    public async Task Bad_end_is_noted_before_it_is_an_error(string says, string message)
    {
        Says("Failed", says);

        var error = await Assert.ThrowsAsync<AwsException>(() => RunAsync());

        Assert.Equal($"{Start.Operation} failed: RunbookFailed (200). {message}", error.Message);
        Assert.Equal("save no run", _noted[^1]);
        Assert.Equal("runbook AWS-ResizeInstance: Failed, execution run-1", _run.Incident.Entries[^1].What);
    }

    [Fact]
    public async Task Later_look_is_one_call_and_keeps_the_status()
    {
        await RunAsync();
        _noted.Clear();
        Says("Waiting");

        await LongRun.LookAsync(_run, _aws, CancellationToken.None);

        Assert.Equal(["ssm:GetAutomationExecution", "save run-1 Waiting"], _noted);
        Assert.Equal("""{"AutomationExecutionId":"run-1"}""", _aws.All[^1].Input.GetRawText());
    }

    [Fact]
    public async Task Nothing_is_looked_at_where_nothing_was_started()
    {
        await LongRun.LookAsync(_run, _aws, CancellationToken.None);

        Assert.Empty(_noted);
    }

    /// <summary>While AWS does not answer nothing is known of the run, and it is looked at later.</summary>
    [Fact]
    public async Task Run_of_which_nothing_was_seen_is_left_as_it_is()
    {
        _aws.On("ssm:GetAutomationExecution", _ => throw FakeAws.Error("ssm:GetAutomationExecution", "Throttling", 400));

        await RunAsync();

        Assert.Equal("save run-1", _noted.Last(n => n.StartsWith("save", StringComparison.Ordinal)));
        Assert.Equal(31, _noted.Count(n => n is "ssm:GetAutomationExecution"));
    }

    [Fact]
    public async Task Call_that_begins_nothing_is_a_mistake() => Assert.StartsWith(
        "The call begins nothing.",
        (await Assert.ThrowsAsync<ArgumentException>(
            () => LongRun.RunAsync(_run, new(Start, Source(runs: null)), _aws, CancellationToken.None))).Message,
        StringComparison.Ordinal);

    private SavedRun NewRun(int step = 0, string resource = "some-bucket") => new(
        Some.Incident(Some.Bucket(resource)) with { Change = Some.Planned() with { Step = step } }, _clock, _noted);

    private Task RunAsync(PlannedCall? call = null) =>
        LongRun.RunAsync(_run, new(call ?? Start, Source(LongCall.Runbook)), _aws, CancellationToken.None);

    private static Call Source(LongCall? runs)
    {
        var at = new Place("x.yaml", 1, 1);
        return new(Start.Operation, new Template.Literal(Json.EmptyObject, at), at) { Runs = runs };
    }

    private void Says(string status, string message = "") => _aws.On(
        "ssm:GetAutomationExecution",
        $$$"""{"AutomationExecution":{"AutomationExecutionStatus":"{{{status}}}","FailureMessage":"{{{message}}}"}}""");
}
