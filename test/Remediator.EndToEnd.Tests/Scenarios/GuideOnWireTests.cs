using Remediator.Emulator.Cases;
using Remediator.EndToEnd.Tests.Faults;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.Incidents;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>
/// A rule that no playbook answers, through the published function: what is read for the resource is in the notice and the journal.
/// </summary>
[Collection(InTheWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class GuideOnWireTests(World world)
{
    private readonly CancellationToken _ct = CancellationToken.None;

    [Fact]
    public async Task Notice_has_what_was_read_and_the_steps_and_a_denied_read_is_said()
    {
        await using var service = await DeployedService.StartAsync(world, await PublishedFunction.NativeAsync(), _ct);
        var found = await CaseOnWire.OfAsync(world, PlaybookCases.LoadGuide("iam/user-mfa"), _ct);
        await service.UsePolicyAsync(found.Policy, _ct);
        service.Proxy.Faults.Inject("iam:ListAccessKeys", FaultKind.Deny, int.MaxValue);

        var ended = (await service.DeliverAsync([found.Event], _ct))[0];

        Assert.Equal("escalated", ended.Outcome);
        var help = (await service.Table.IncidentAsync(_ct))!.Telling.Help!;
        Assert.Contains(help.Evidence.Lines, l => l.StartsWith("Console password last used: ", StringComparison.Ordinal));
        Assert.Contains(help.Evidence.Lines, l => l.StartsWith("Its keys: could not be read: iam:List", StringComparison.Ordinal));
        Assert.Contains(help.Steps, s => s.Run.Contains("aws iam enable-mfa-device --user-name ", StringComparison.Ordinal));
        Assert.DoesNotContain(
            service.Proxy.All, c => c.Operation.StartsWith("iam:", StringComparison.Ordinal) && FakeCall.IsMutating(c.Operation));
        var notice = Assert.Single(await service.Notices.ReceiveAsync(_ct));
        Assert.Contains("enable-mfa-device", notice.GetRawText(), StringComparison.Ordinal);
    }
}
