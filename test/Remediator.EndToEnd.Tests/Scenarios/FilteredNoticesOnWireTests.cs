using Remediator.EndToEnd.Tests.Faults;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>
/// Subscribers who filter by message attributes get the end of what they were called for, whatever the policy says by then.
/// </summary>
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
        const string policy = "defaults: {mode: approve, owner: shop, severity: critical, environment: production}";
        await service.UsePolicyAsync(policy, _ct);
        var pager = await FilteredAsync(
            """{"severity":["critical"],"reason":["approval-needed"],"team":["shop"],"environment":["production"]}""");
        var later = await FilteredAsync("""{"team":["web"]}""");
        var other = await FilteredAsync("""{"team":["data"]}""");

        var asked = (await service.DeliverAsync([found.Event], _ct))[0];
        await service.UsePolicyAsync(policy.Replace("shop", "web", StringComparison.Ordinal), _ct);
        await service.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, false), _ct);

        Assert.True(await found.IsRightAsync(_ct));
        var right = found.Change with { Compliance = Compliance.Compliant, RecordedAt = found.Change.RecordedAt.AddMinutes(1) };
        await service.DeliverAsync([Some.Event(right)], _ct);

        Assert.Equal(["trigger", "resolve"], (await pager.ReceiveAsync(_ct)).Select(n => n.TextOf("action")));
        Assert.Equal(["resolve"], (await later.ReceiveAsync(_ct)).Select(n => n.TextOf("action")));
        Assert.Empty(await other.ReceiveAsync(_ct));

        Task<NoticeQueue> FilteredAsync(string filter) =>
            service.Notices.FilteredAsync(world.Aws, $"filtered-{Guid.NewGuid():N}", filter, _ct);
    }
}
