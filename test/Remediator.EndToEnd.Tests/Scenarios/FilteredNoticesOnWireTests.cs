using Remediator.EndToEnd.Tests.Faults;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>Subscribers who filter by message attributes get the end of what they were called for, and nothing else.</summary>
[Collection(InTheWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class FilteredNoticesOnWireTests(World world)
{
    private readonly CancellationToken _ct = CancellationToken.None;

    [Fact]
    public async Task Filter_that_lets_a_page_in_lets_its_end_in_too()
    {
        await using var service = await DeployedService.StartAsync(world, await PublishedFunction.NativeAsync(), _ct);
        var found = await CaseOnWire.OfAsync(world, "s3/bucket-public-access-block", _ct);
        await service.UsePolicyAsync(
            "defaults: {mode: approve, owner: shop, severity: critical, environment: production, trust-rule-parameters: true}", _ct);
        var pager = await FilteredAsync(
            """{"severity":["critical"],"reason":["approval-needed"],"team":["shop"],"environment":["production"]}""");
        var other = await FilteredAsync("""{"team":["web"]}""");

        var asked = (await service.DeliverAsync([found.Event], _ct))[0];
        await service.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, false), _ct);

        Assert.True(await found.IsRightAsync(_ct));
        var later = found.Change with { Compliance = Compliance.Compliant, RecordedAt = found.Change.RecordedAt.AddMinutes(1) };
        await service.DeliverAsync([Some.Event(later)], _ct);

        Assert.Equal(["trigger", "resolve"], (await pager.ReceiveAsync(_ct)).Select(n => n.TextOf("action")));
        Assert.Empty(await other.ReceiveAsync(_ct));

        Task<NoticeQueue> FilteredAsync(string filter) =>
            service.Notices.FilteredAsync(world.Aws, $"filtered-{Guid.NewGuid():N}", filter, _ct);
    }
}
