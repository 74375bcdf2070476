using Remediator.Record;

namespace Remediator.Tests.Playbooks;

public sealed class RunbookTests : IDisposable
{
    private readonly RunbookStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task A_runbook_is_waited_for_and_believed_when_the_setting_is_read()
    {
        _stage.Looks = ["InProgress", "InProgress", "Success"];

        var incident = Assert.IsType<Outcome.Fixed>(await _stage.EventAsync()).Incident;

        Assert.Equal(["Company-EnableKeyRotation"], _stage.Started.Select(s => s.Document));
        Assert.Equal("ssm:StartAutomationExecution", Assert.Single(incident.Plan!.Calls).Operation);
        Assert.Contains(incident.Entries, e => e.What == "runbook Company-EnableKeyRotation: Success, execution execution-1");
        Assert.Null(incident.Runbook);
    }

    [Fact]
    public async Task The_undo_is_the_runbook_that_the_playbook_names()
    {
        var incident = Assert.IsType<Outcome.Fixed>(await _stage.EventAsync()).Incident;

        Assert.IsType<Outcome.Undone>(await _stage.UndoAsync(incident));

        Assert.Equal(["Company-EnableKeyRotation", "Company-DisableKeyRotation"], _stage.Started.Select(s => s.Document));
        Assert.False(_stage.Rotates);
    }

    [Fact]
    public async Task A_runbook_that_fails_is_escalated_with_its_own_words()
    {
        _stage.Looks = ["Failed"];
        _stage.Works = false;

        var incident = Assert.IsType<Outcome.Escalated>(await _stage.EventAsync()).Incident;

        Assert.Equal(Reason.Failed, incident.Reason);
        Assert.Contains("Company-EnableKeyRotation ended as Failed. Step 2 had no permission", incident.Detail, StringComparison.Ordinal);
        Assert.Single(_stage.Notices);
    }

    [Fact]
    public async Task A_runbook_that_says_success_and_does_nothing_is_not_called_a_fix()
    {
        _stage.Works = false;

        Assert.IsNotType<Outcome.Fixed>(await _stage.EventAsync());
    }

    [Fact]
    public async Task A_start_is_journaled_before_it_is_made_and_after_a_crash_asks_for_the_same_run()
    {
        _stage.CrashAfterStart = true;
        await Assert.ThrowsAsync<TimeoutException>(_stage.EventAsync);
        var token = Assert.Single(_stage.Started).Token;
        Assert.Equal(token, (await _stage.OnlyIncidentAsync()).Runbook!.Token);

        await _stage.SweepAsync();

        Assert.Equal([token, token], _stage.Started.Select(s => s.Token));
        Assert.Equal(IncidentState.Fixed, (await _stage.OnlyIncidentAsync()).State);
    }
}
