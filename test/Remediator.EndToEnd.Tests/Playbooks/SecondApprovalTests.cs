using Remediator.Emulator.Cases;
using Remediator.Incidents;

namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>A change of two parts over the wire: each yes makes one of them, and the second question has what is left.</summary>
[Collection(OnTheEmulator.Name)]
[Trait("Category", "Emulator")]
public sealed class SecondApprovalTests(Emulated emulated)
{
    [Theory]
    [InlineData("rds/snapshot-encryption", "rds:CopyDBSnapshot", "rds:DeleteDBSnapshot")]
    [InlineData("ec2/unattached-volume", "ec2:CreateSnapshot", "ec2:DeleteVolume")]
    [InlineData("ec2/stopped-instance", "ec2:CreateImage", "ec2:TerminateInstances")]
    public async Task Each_yes_makes_its_part(string name, string first, string second)
    {
        var (stage, resource) = await StageAsync(name);
        var asked = Assert.IsType<Outcome.AwaitingApproval>(await stage.EventAsync(resource)).Incident;
        Assert.Contains("Asked again:", stage.Notices[^1].ByProtocol["email"], StringComparison.Ordinal);

        var again = Assert.IsType<Outcome.AwaitingApproval>(await stage.ApproveAsync(asked, "alice")).Incident;

        Assert.Equal([first], stage.Accounts.Changes.Select(c => c.Operation));
        Assert.Equal([second], again.Asked!.Calls.Select(c => c.Operation));
        Assert.Contains("The rest of a fix waits for your approval", stage.Notices[^1].ByProtocol["email"], StringComparison.Ordinal);
        Assert.IsType<Outcome.Fixed>(await stage.ApproveAsync(again, "bob"));
        Assert.Equal([first, second], stage.Accounts.Changes.Select(c => c.Operation));
    }

    [Fact]
    public async Task Undo_between_them_takes_the_copy_away_and_leaves_the_original()
    {
        var (stage, resource) = await StageAsync("rds/snapshot-encryption");
        var asked = Assert.IsType<Outcome.AwaitingApproval>(await stage.EventAsync(resource)).Incident;
        var again = Assert.IsType<Outcome.AwaitingApproval>(await stage.ApproveAsync(asked, "alice")).Incident;

        Assert.IsType<Outcome.Undone>(await stage.UndoAsync(again));

        Assert.Equal(["rds:CopyDBSnapshot", "rds:DeleteDBSnapshot"], stage.Accounts.Changes.Select(c => c.Operation));
        Assert.Equal($"{resource.Id}-encrypted", stage.Accounts.Changes.Last().Input.GetProperty("DBSnapshotIdentifier").GetString());
    }

    private async Task<(Stage Stage, ResourceKey Resource)> StageAsync(string name)
    {
        var @case = PlaybookCases.Load(name);
        var account = emulated.NewAccount();
        await emulated.StandInAsync(@case, account);
        var scope = await CaseRun.SeedAsync(@case, emulated.Accounts.For(account, "us-east-1"), account, CancellationToken.None);
        return (
            new Stage(
                emulated.Accounts,
                CaseRun.RuleOf(@case, @case.Rules[0], scope, account),
                @case.PolicyParameters.Render(scope),
                new LaterClock(),
                Mode.Approve),
            new(account, "us-east-1", @case.ResourceType, @case.ResourceId.Render(scope).GetString()!));
    }
}
