using Amazon.SQS;
using Amazon.SQS.Model;
using Remediator.EndToEnd.Tests.Faults;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.Incidents;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>A due incident goes from the sweep's process through a queue to a worker's process, which continues it.</summary>
[Collection(InTheWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class HandOverTests(World world) : IAsyncLifetime
{
    private readonly CancellationToken _ct = CancellationToken.None;
    private DeployedService _service = null!;
    private CaseOnWire _case = null!;

    public async Task InitializeAsync()
    {
        _service = await DeployedService.StartAsync(world, await PublishedFunction.NativeAsync(), _ct);
        _case = await CaseOnWire.OfAsync(world, "s3/bucket-public-access-block", _ct);
        _service.QueueUrl = (await world.Sqs.CreateQueueAsync($"compliance-{Guid.NewGuid():N}", _ct)).QueueUrl;
        await _service.UsePolicyAsync("defaults: {mode: observe}", _ct);
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task What_was_observed_is_taken_up_by_a_worker_once_the_policy_says_to_act()
    {
        await _service.DeliverAsync([_case.Event], _ct);
        Assert.Equal(IncidentState.Observed, (await _service.Table.IncidentAsync(_ct))!.State);
        await _service.UsePolicyAsync(_case.Policy, _ct);
        await _service.Table.AgeAsync(TimeSpan.FromHours(25), _ct);

        Assert.Equal(0, await _service.SweepAsync(_ct));
        var handedOver = await world.Sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(_service.QueueUrl) { MaxNumberOfMessages = 10 }, _ct);
        await _service.DeliverAsync([Assert.Single(handedOver.Messages).Body], _ct);

        Assert.Equal(IncidentState.Fixed, (await _service.Table.IncidentAsync(_ct))!.State);
        Assert.True(await _case.IsRightAsync(_ct));
    }
}
