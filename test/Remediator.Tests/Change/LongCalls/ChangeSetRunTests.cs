using System.Text.Json;
using Remediator.Aws;
using Remediator.Change.LongCalls;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change.LongCalls;

/// <summary>A change set from its name in the journal to its end: what is called and what is saved, in which order.</summary>
public sealed class ChangeSetRunTests
{
    private const string Ready = "CREATE_COMPLETE AVAILABLE";
    private const string Stack = "arn:aws:cloudformation:us-east-1:123456789012:stack/web/1f7";

    private static readonly PlannedCall Create = new("cloudformation:CreateChangeSet", Json.Parse(
        $$"""{"StackName":"{{Stack}}","DeploymentMode":"REVERT_DRIFT"}"""));

    private readonly TestClock _clock = new();
    private readonly FakeAws _aws = new();
    private readonly List<string> _noted = [];
    private readonly Queue<string> _looks = new();
    private readonly SavedRun _run;

    public ChangeSetRunTests()
    {
        var step = new StepPlan
        {
            Step = "stack",
            Before = Json.Parse(
                """{"drifted":[{"LogicalResourceId":"Downloads","Properties":[{"Path":"/VersioningConfiguration/Status"}]}]}"""),
            After = Json.Null,
            Calls = [Create],
        };
        _run = new(Some.Incident(now: _clock.GetUtcNow()) with { Change = Some.Planned(new([step])) }, _clock, _noted);
        _aws.Before = operation =>
        {
            _noted.Add(operation.Replace("cloudformation:", "", StringComparison.Ordinal));
            return Task.CompletedTask;
        };
        _aws.On(Create.Operation, """{"Id":"set-1"}""")
            .On("cloudformation:DescribeChangeSet", _ => Look())
            .On("cloudformation:ExecuteChangeSet", "{}")
            .On("cloudformation:DeleteChangeSet", "{}");
    }

    [Fact]
    public async Task Each_call_is_made_after_what_it_does_was_saved()
    {
        Looks("CREATE_PENDING UNAVAILABLE", "CREATE_IN_PROGRESS UNAVAILABLE", Ready, "CREATE_COMPLETE EXECUTE_IN_PROGRESS",
            "CREATE_COMPLETE EXECUTE_COMPLETE");

        await RunAsync();

        Assert.Equal(
            [
                "save no id", "CreateChangeSet", "save set-1",
                "DescribeChangeSet", "DescribeChangeSet", "DescribeChangeSet",
                "check", "save set-1 EXECUTE_IN_PROGRESS", "ExecuteChangeSet",
                "DescribeChangeSet", "DescribeChangeSet", "save no run",
            ],
            _noted);
        Assert.Equal(
            [$"starting the change set of stack {Stack}", $"the change set of stack {Stack} carried out"],
            _run.Incident.Entries.Select(e => e.What));
        Assert.All(_aws.All.Skip(1), call => Assert.Equal("""{"ChangeSetName":"set-1"}""", call.Input.GetRawText()));
    }

    /// <summary>A worker that comes after one that died has to find the set that is there, and to make no other.</summary>
    [Fact]
    public async Task Set_is_made_under_the_name_that_was_saved_before_it()
    {
        Looks("CREATE_IN_PROGRESS UNAVAILABLE");

        await RunAsync();

        var name = $"remediator-{_run.Incident.Change!.Runbook!.Token}";
        Assert.Equal(
            $$"""{"StackName":"{{Stack}}","DeploymentMode":"REVERT_DRIFT","ChangeSetName":"{{name}}","ClientToken":"{{name}}"}""",
            _aws.All[0].Input.GetRawText());
    }

    [Fact]
    public async Task Set_that_an_earlier_worker_made_is_found_by_its_name()
    {
        _aws.On(Create.Operation, _ => throw FakeAws.Error(Create.Operation, "AlreadyExistsException", 400));
        Looks(Ready, Ready, "CREATE_COMPLETE EXECUTE_COMPLETE");

        await RunAsync();

        var name = _aws.All[0].Input.TextOf("ChangeSetName");
        Assert.Equal(
            ("DescribeChangeSet", $$"""{"StackName":"{{Stack}}","ChangeSetName":"{{name}}"}"""),
            (_noted[2], _aws.All[1].Input.GetRawText()));
        Assert.Equal("save found-1", _noted[3]);
        Assert.Equal($"the change set of stack {Stack} carried out", _run.Incident.Entries[^1].What);
    }

    [Theory]
    [InlineData(false, "cloudformation:CreateChangeSet")]
    [InlineData(true, "cloudformation:DescribeChangeSet")]
    public async Task Answer_that_names_no_set_is_an_error(bool isThere, string operation)
    {
        _aws.On(Create.Operation, _ => isThere ? throw FakeAws.Error(Create.Operation, "AlreadyExistsException", 400) : Json.EmptyObject)
            .On("cloudformation:DescribeChangeSet", "{}");

        var error = await Assert.ThrowsAsync<AwsException>(RunAsync);

        Assert.Equal($"{operation} failed: NoChangeSet (200). The answer names no change set.", error.Message);
    }

    [Fact]
    public async Task Creation_that_is_refused_is_an_error_and_nothing_is_looked_for()
    {
        _aws.On(Create.Operation, _ => throw FakeAws.Error(Create.Operation, "LimitExceededException", 400));

        Assert.Equal("LimitExceededException", (await Assert.ThrowsAsync<AwsException>(RunAsync)).Code);

        Assert.Equal(["save no id", "CreateChangeSet"], _noted);
    }

    [Fact]
    public async Task Set_that_is_under_way_is_not_made_again()
    {
        Looks("CREATE_IN_PROGRESS UNAVAILABLE");
        await RunAsync();
        _noted.Clear();
        Looks(Ready, "CREATE_COMPLETE EXECUTE_COMPLETE");

        await RunAsync();

        Assert.Equal(
            ["DescribeChangeSet", "check", "save set-1 EXECUTE_IN_PROGRESS", "ExecuteChangeSet", "DescribeChangeSet", "save no run"],
            _noted);
    }

    [Theory]
    [InlineData("CREATE_PENDING UNAVAILABLE", "CREATE_PENDING")]
    [InlineData("CREATE_IN_PROGRESS UNAVAILABLE", "CREATE_IN_PROGRESS")]
    [InlineData("CREATE_COMPLETE EXECUTE_IN_PROGRESS", "EXECUTE_IN_PROGRESS")]
    public async Task What_has_not_ended_within_a_minute_is_left_with_its_status_and_later_looked_at_once(string look, string status)
    {
        Looks(look);
        var began = _clock.GetUtcNow();

        await RunAsync();

        Assert.Equal(TimeSpan.FromMinutes(1), _clock.GetUtcNow() - began);
        Assert.Equal(31, _noted.Count(n => n is "DescribeChangeSet"));
        Assert.Equal($"save set-1 {status}", _noted[^1]);
        _noted.Clear();

        await ChangeSetRun.LookAsync(_run, _aws, CancellationToken.None);

        Assert.Equal(["DescribeChangeSet", $"save set-1 {status}"], _noted);
    }

    [Fact]
    public async Task Set_that_is_ready_at_a_later_look_is_carried_out_then()
    {
        Looks("CREATE_IN_PROGRESS UNAVAILABLE");
        await RunAsync();
        _noted.Clear();
        Looks(Ready, Ready);

        await ChangeSetRun.LookAsync(_run, _aws, CancellationToken.None);

        Assert.Equal(
            [
                "DescribeChangeSet", "check", "save set-1 EXECUTE_IN_PROGRESS", "ExecuteChangeSet", "DescribeChangeSet",
                "save set-1 AVAILABLE",
            ],
            _noted);
    }

    [Fact]
    public async Task Where_CloudFormation_does_not_answer_the_status_that_was_seen_last_stays()
    {
        Looks("CREATE_IN_PROGRESS UNAVAILABLE");
        await RunAsync();
        _noted.Clear();
        Looks("error Throttling");

        await ChangeSetRun.LookAsync(_run, _aws, CancellationToken.None);

        Assert.Equal(["DescribeChangeSet", "save set-1 CREATE_IN_PROGRESS"], _noted);
    }

    [Fact]
    public async Task Nothing_is_looked_at_where_no_set_was_made()
    {
        await ChangeSetRun.LookAsync(_run, _aws, CancellationToken.None);

        Assert.Empty(_noted);
    }

    [Fact]
    public async Task Set_that_does_something_else_is_deleted_and_not_carried_out()
    {
        Looks(Ready);
        Changes = """{"ResourceChange":{"Action":"Remove","LogicalResourceId":"Uploads"}}""";

        var error = await Assert.ThrowsAsync<AwsException>(RunAsync);

        Assert.Equal(
            ["save no id", "CreateChangeSet", "save set-1", "DescribeChangeSet", "DeleteChangeSet", "save no run"], _noted);
        Assert.Equal("""{"ChangeSetName":"set-1"}""", _aws.All[^1].Input.GetRawText());
        const string Refusal = "It would do something else than hand Downloads back: Remove Uploads.";
        Assert.Equal(
            $"cloudformation:CreateChangeSet failed: ChangeSetRefused (200). {Refusal} The change set was deleted.", error.Message);
        Assert.Equal($"the change set of stack {Stack} deleted: {Refusal}", _run.Incident.Entries[^1].What);
    }

    [Fact]
    public async Task Nothing_is_carried_out_where_the_worker_may_not_go_on()
    {
        Looks(Ready);
        _run.Stops = new ChangesStoppedException("test");

        await Assert.ThrowsAsync<ChangesStoppedException>(RunAsync);

        Assert.Equal("check", _noted[^1]);
    }

    [Theory]
    [InlineData("InvalidChangeSetStatus")]
    [InlineData("InvalidChangeSetStatusException")]
    [InlineData("TokenAlreadyExistsException")]
    public async Task Set_that_an_earlier_worker_carried_out_is_looked_at_until_its_end(string code)
    {
        _aws.On("cloudformation:ExecuteChangeSet", _ => throw FakeAws.Error("cloudformation:ExecuteChangeSet", code, 400));
        Looks(Ready, "CREATE_COMPLETE EXECUTE_COMPLETE");

        await RunAsync();

        Assert.Equal($"the change set of stack {Stack} carried out", _run.Incident.Entries[^1].What);
    }

    [Fact]
    public async Task Execution_that_is_refused_is_an_error()
    {
        _aws.On(
            "cloudformation:ExecuteChangeSet",
            _ => throw FakeAws.Error("cloudformation:ExecuteChangeSet", "InsufficientCapabilitiesException", 400));
        Looks(Ready);

        Assert.Equal("InsufficientCapabilitiesException", (await Assert.ThrowsAsync<AwsException>(RunAsync)).Code);
    }

    [Theory]
    [InlineData("ChangeSetNotFound")]
    [InlineData("ChangeSetNotFoundException")]
    public async Task Set_that_is_forgotten_once_it_is_carried_out_has_ended_well(string code)
    {
        Looks(Ready, $"error {code}");

        await RunAsync();

        Assert.Equal($"the change set of stack {Stack} carried out", _run.Incident.Entries[^1].What);
    }

    [Theory]
    [InlineData("ChangeSetNotFound")]
    [InlineData("ChangeSetNotFoundException")]
    public async Task Set_that_somebody_deleted_before_it_was_carried_out_is_an_error(string code)
    {
        Looks($"error {code}");

        Assert.Equal(code, (await Assert.ThrowsAsync<AwsException>(RunAsync)).Code);
    }

    [Fact]
    public async Task Look_that_is_refused_is_an_error_also_after_it_was_carried_out()
    {
        Looks(Ready, "error AccessDenied");

        Assert.Equal("AccessDenied", (await Assert.ThrowsAsync<AwsException>(RunAsync)).Code);
    }

    [Theory]
    [InlineData("FAILED UNAVAILABLE", "because", "FAILED", "FAILED. because", true)]
    [InlineData("CREATE_COMPLETE EXECUTE_FAILED", "because", "EXECUTE_FAILED", "EXECUTE_FAILED. because", false)]
    [InlineData("CREATE_COMPLETE OBSOLETE", null, "OBSOLETE", "OBSOLETE.", false)]
    [InlineData("CREATE_COMPLETE", null, "CREATE_COMPLETE", "CREATE_COMPLETE.", false)]
    [InlineData(" UNAVAILABLE", null, "unknown", "unknown.", false)]
    [InlineData("DELETE_COMPLETE UNAVAILABLE", null, "DELETE_COMPLETE", "DELETE_COMPLETE.", false)]
    public async Task Set_that_ends_otherwise_than_well_is_reported_and_deleted_where_it_could_not_be_made(
        string look, string? reason, string status, string how, bool isDeleted)
    {
        Looks(look);
        Reason = reason;

        var error = await Assert.ThrowsAsync<AwsException>(RunAsync);

        Assert.Equal(
            [
                "save no id", "CreateChangeSet", "save set-1", "DescribeChangeSet",
                .. isDeleted ? ["DeleteChangeSet"] : Array.Empty<string>(), "save no run",
            ],
            _noted);
        Assert.Equal(
            $"cloudformation:CreateChangeSet failed: ChangeSetFailed (200). The change set of stack {Stack} ended as {how}",
            error.Message);
        Assert.Equal($"the change set of stack {Stack}: {status}", _run.Incident.Entries[^1].What);
    }

    /// <summary>The one change that was planned.</summary>
    private string Changes { get; set; } = """
        {"ResourceChange":{"Action":"Modify","Replacement":"False","LogicalResourceId":"Downloads",
         "Details":[{"Target":{"Attribute":"Properties","Name":"VersioningConfiguration"}}]}}
        """;

    private string? Reason { get; set; }

    private Task RunAsync() => ChangeSetRun.RunAsync(_run, Create, _aws, CancellationToken.None);

    /// <summary>Status and execution status, look by look; the last stays.</summary>
    private void Looks(params string[] looks)
    {
        _looks.Clear();
        foreach (var look in looks)
        {
            _looks.Enqueue(look);
        }
    }

    private JsonElement Look()
    {
        var look = (_looks.Count > 1 ? _looks.Dequeue() : _looks.Peek()).Split(' ');
        return look is ["error", var code]
            ? throw FakeAws.Error("cloudformation:DescribeChangeSet", code, 400)
            : Json.Object(
            [
                new("ChangeSetId", Json.Text("found-1")),
                new("Status", look[0].Length > 0 ? Json.Text(look[0]) : Json.Null),
                new("ExecutionStatus", look is [_, var execution] ? Json.Text(execution) : Json.Null),
                new("StatusReason", Reason is null ? Json.Null : Json.Text(Reason)),
                new("Changes", Json.List([Json.Parse(Changes)])),
            ]);
    }
}
