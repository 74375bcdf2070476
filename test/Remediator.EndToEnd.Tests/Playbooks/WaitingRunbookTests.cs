using Remediator.Aws;
using Remediator.Emulator.Cases;
using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>A runbook that waits for a person, over HTTP, with a clock that does not wait.</summary>
[Collection(OnTheEmulator.Name)]
[Trait("Category", "Emulator")]
public sealed class WaitingRunbookTests(Emulated emulated) : IDisposable
{
    private readonly TestClock _clock = new();

    public void Dispose() => emulated.Automations.Looks = ["Success"];

    [Fact]
    public async Task A_run_that_waits_for_an_approval_is_gone_on_with_once_it_is_given()
    {
        emulated.Automations.Looks = ["Waiting"];
        var (stage, resource) = await SetAsync();

        Assert.IsType<Outcome.Pending>(await stage.EventAsync(resource));
        emulated.Automations.Runs[^1].GoOn("Approved", "InProgress", "Success");
        for (var look = 0; look < 3; look++)
        {
            _clock.Advance(TimeSpan.FromMinutes(2));
            await stage.SweepAsync();
        }

        Assert.IsType<Outcome.AlreadyRight>(await stage.EventAsync(resource));
        Assert.Single(stage.Accounts.Changes, c => c.Operation is "ssm:StartAutomationExecution");
        Assert.Empty(stage.Notices);
    }

    [Fact]
    public async Task Unapproved_run_is_reported_with_its_id()
    {
        emulated.Automations.Looks = ["Waiting"];
        var (stage, resource) = await SetAsync();

        await stage.EventAsync(resource);
        _clock.Advance(TimeSpan.FromMinutes(31));
        await stage.SweepAsync();

        var notice = Assert.Single(stage.Notices).ByProtocol["default"];
        Assert.Contains("is still Waiting after 3", notice, StringComparison.Ordinal);
        Assert.Contains($"execution {emulated.Automations.Runs[^1].Id}", notice, StringComparison.Ordinal);
    }

    private async Task<(Stage Stage, ResourceKey Resource)> SetAsync()
    {
        var (@case, account) = (PlaybookCases.Load("ec2/instance-type"), emulated.NewAccount());
        var scope = await CaseRun.SeedAsync(@case, emulated.Accounts.For(account, "us-east-1"), account, CancellationToken.None);
        var rule = new ConfigRule(
            "case",
            $"arn:aws:config:us-east-1:{account}:config-rule/config-rule-case",
            "AWS",
            @case.Rules[0],
            @case.RuleParameters.Render(scope));
        var resource = new ResourceKey(account, "us-east-1", @case.ResourceType, @case.ResourceId.Render(scope).GetString()!);
        return (new(emulated.Accounts, rule, @case.PolicyParameters.Render(scope), _clock), resource);
    }
}
