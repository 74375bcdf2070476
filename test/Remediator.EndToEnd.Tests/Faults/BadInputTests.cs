using System.Text;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>With any event or command, the published function keeps running, gives the reason, and makes no calls.</summary>
[Collection(InTheWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class BadInputTests(World world)
{
    [Fact]
    public async Task Malformed_events_are_handed_back_with_a_reason_and_reach_nothing()
    {
        await using var service = await StartAsync();
        var silent = new List<string>();

        foreach (
            var batch in BadEvents
                .All.Where(e => e.Length < 100_000)
                .Chunk(10)
                .Concat(BadEvents.All.Where(e => e.Length >= 100_000).Select(e => new[] { e })))
        {
            var ended = await service.DeliverAsync(batch, CancellationToken.None);
            silent.AddRange(
                batch
                    .Zip(ended)
                    .Where(p => p.Second is not { IsHandedBack: true, Outcome: "rejected", Why.Length: > 5 })
                    .Select(p => $"{p.Second}: {Start(p.First)}"));
        }

        Console.WriteLine($"malformed events {BadEvents.All.Count}, not rejected with a reason {silent.Count}");
        Assert.True(BadEvents.All.Count >= 500, $"only {BadEvents.All.Count}");
        Assert.True(silent.Count == 0, string.Join('\n', silent));
        Assert.Empty(service.Proxy.All);
    }

    [Fact]
    public async Task Malformed_commands_are_refused_with_a_reason_and_reach_nothing()
    {
        await using var service = await StartAsync();
        var silent = new List<string>();

        foreach (var command in BadCommands.All)
        {
            var answer = await service
                .Process("operate")
                .InvokeAsync(Encoding.UTF8.GetBytes(command), TimeSpan.FromSeconds(60), CancellationToken.None);
            if (answer.IsError
                || Json.Parse(Encoding.UTF8.GetString(answer.Payload)) is var said
                    && (said.TextOf("outcome"), said.TextOf("why")) is not ("refused", { Length: > 5 }))
            {
                silent.Add($"{Start(Encoding.UTF8.GetString(answer.Payload))}: {Start(command)}");
            }
        }

        Console.WriteLine($"malformed commands {BadCommands.All.Count}, not refused with a reason {silent.Count}");
        Assert.True(silent.Count == 0, string.Join('\n', silent));
        // A well-formed id is looked up: nothing else is called.
        Assert.DoesNotContain(service.Proxy.All, call => call.Operation is not "dynamodb:GetItem");
    }

    private async Task<DeployedService> StartAsync()
    {
        var service = await DeployedService.StartAsync(world, await PublishedFunction.NativeAsync(), CancellationToken.None);
        await service.UsePolicyAsync("defaults: {mode: auto}", CancellationToken.None);
        return service;
    }

    private static string Start(string text) => text.Length <= 200 ? text : text[..200];
}
