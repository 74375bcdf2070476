using Remediator.Change.LongCalls;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Change.LongCalls;

/// <summary>What AWS says of something that takes time, and whether that is an end, and a good one.</summary>
public sealed class ProgressTests
{
    [Theory]
    [InlineData("Pending")]
    [InlineData("InProgress")]
    [InlineData("Waiting")]
    [InlineData("PendingApproval")]
    [InlineData("Approved")]
    [InlineData("Scheduled")]
    [InlineData("RunbookInProgress")]
    [InlineData("PendingChangeCalendarOverride")]
    [InlineData("ChangeCalendarOverrideApproved")]
    [InlineData("Cancelling")]
    public void Runbook_that_runs_has_not_ended(string status) =>
        Assert.Equal(new Progress(status, IsRunning: true, Failure: null), OfRunbook(status));

    [Theory]
    [InlineData("PENDING")]
    [InlineData("IN_PROGRESS")]
    [InlineData("CANCEL_IN_PROGRESS")]
    public void Update_that_runs_has_not_ended(string status) =>
        Assert.Equal(new Progress(status, IsRunning: true, Failure: null), OfUpdate($$"""{"OperationStatus":"{{status}}"}"""));

    [Fact]
    public void Good_end_is_no_failure()
    {
        Assert.Equal(new Progress("Success", IsRunning: false, Failure: null), OfRunbook("Success"));
        Assert.Equal(new Progress("CompletedWithSuccess", IsRunning: false, Failure: null), OfRunbook("CompletedWithSuccess"));
        Assert.Equal(new Progress("SUCCESS", IsRunning: false, Failure: null), OfUpdate("""{"OperationStatus":"SUCCESS"}"""));
    }

    [Fact]
    public void Runbook_that_failed_says_at_which_step()
    {
        var failed = OfRunbook("Failed", """
            "FailureMessage":"It was refused.","StepExecutions":[
             {"StepName":"stop","StepStatus":"TimedOut","Action":"aws:sleep"},
             {"StepName":"change","StepStatus":"Failed","Action":"aws:executeAwsApi"},
             {"StepName":"start","StepStatus":"Success","Action":"aws:changeInstanceState"}]
            """);

        Assert.Equal(
            new Progress("Failed", false, new("RunbookFailed", "Failed at step change (aws:executeAwsApi)", "It was refused.")), failed);
    }

    [Theory]
    [InlineData("Failed", " at step change (aws:x)")]
    [InlineData("TimedOut", " at step change (aws:x)")]
    [InlineData("Cancelled", " at step change (aws:x)")]
    [InlineData("Success", "")]
    public void Step_that_did_not_end_well_is_named(string step, string at) => Assert.Equal(
        new LongFailure("RunbookFailed", $"Cancelled{at}", ""),
        OfRunbook("Cancelled", $$"""
            "StepExecutions":[{"StepName":"change","StepStatus":"{{step}}","Action":"aws:x"}]
            """).Failure);

    [Fact]
    public void Answer_without_a_status_or_steps_is_a_failure_without_words()
    {
        Assert.Equal(
            new Progress("", false, new("RunbookFailed", "", "")), Progress.Of(LongCall.Runbook, Json.EmptyObject));
        Assert.Equal(new Progress("", false, new("", "", "")), Progress.Of(LongCall.Update, Json.EmptyObject));
    }

    [Theory]
    [InlineData("""{"OperationStatus":"FAILED","ErrorCode":"Throttling","StatusMessage":"Too much."}""", "Throttling", "Too much.")]
    [InlineData("""{"OperationStatus":"FAILED"}""", "FAILED", "")]
    public void Update_that_failed_has_the_code_of_its_handler(string progress, string code, string message) =>
        Assert.Equal(new Progress("FAILED", false, new(code, "FAILED", message)), OfUpdate(progress));

    [Fact]
    public void Each_kind_has_its_own_id_and_name()
    {
        var answer = Json.Parse("""{"ProgressEvent":{"RequestToken":"r-1"},"AutomationExecutionId":"a-1"}""");
        var input = Json.Parse("""{"TypeName":"AWS::SQS::Queue","StackName":"web","DocumentName":"AWS-ResizeInstance"}""");

        Assert.Equal(("r-1", "a-1"), (Progress.IdOf(LongCall.Update, answer), Progress.IdOf(LongCall.Runbook, answer)));
        Assert.Null(Progress.IdOf(LongCall.Update, Json.EmptyObject));
        Assert.Equal("The update of the AWS::SQS::Queue", Progress.NameOf(LongCall.Update, input));
        Assert.Equal("The change set of stack web", Progress.NameOf(LongCall.ChangeSet, input));
        Assert.Equal("AWS-ResizeInstance", Progress.NameOf(LongCall.Runbook, input));
        Assert.Equal("", Progress.NameOf(LongCall.Runbook, Json.EmptyObject));
    }

    private static Progress OfRunbook(string status, string? more = null) => Progress.Of(
        LongCall.Runbook,
        Json.Parse($$"""{"AutomationExecution":{"AutomationExecutionStatus":"{{status}}"{{(more is null ? "" : $",{more}")}} } }"""));

    private static Progress OfUpdate(string progress) => Progress.Of(LongCall.Update, Json.Parse($$"""{"ProgressEvent":{{progress}} }"""));
}
