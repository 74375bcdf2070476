using System.Diagnostics;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Incidents;
using Remediator.Values;
using Delivery = Remediator.Emulator.Delivery;

namespace Remediator.EndToEnd.Tests.Load;

/// <summary>Sends events through a queue to many processes of the published function, and records the outcome of each.</summary>
internal static class LoadRun
{
    // A message that is not an event can only end in the dead-letter queue.
    private const string Broken = """{"detail-type":"Config Rules Compliance Change","source":"aws.config"}""";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task<LoadFigures> RunAsync(World world, LoadSize size, string policy)
    {
        await using var service = await DeployedService.StartAsync(world, await PublishedFunction.NativeAsync(), CancellationToken.None);
        await service.UsePolicyAsync(policy, CancellationToken.None);
        var (fleet, queue) = (await Fleet.MakeAsync(world, size), await LoadQueue.CreateAsync(world.Sqs, size));
        var processes = Enumerable.Range(0, size.Processes).Select(_ => service.Start("remediate")).ToList();

        var watch = Stopwatch.StartNew();
        var feeding = queue.FeedAsync(Enumerable.Repeat(Broken, size.Processes).Concat(fleet.Events(size)));
        var delivering = await Task.WhenAll(processes.Select(process => DeliverAsync(new(world.Sqs, queue.Url, process), queue, feeding)));
        var (sent, deliveries) = (await feeding, delivering.SelectMany(d => d).ToList());
        watch.Stop();
        var cpu = processes.Aggregate(TimeSpan.Zero, (sum, process) => sum + process.ProcessorTime);
        // A process's output is complete once it has ended.
        var log = await LogAsync(processes);

        var dead = await queue.DeadAsync();
        var handled = deliveries.Where(d => !d.IsHandedBack).Select(d => d.MessageId).ToHashSet(StringComparer.Ordinal);
        return new(size)
        {
            Ends = sent.CountBy(id => dead.Contains(id) ? LoadFigures.Dead : handled.Contains(id) ? End(log, id) : LoadFigures.Lost)
                .ToDictionary(),
            HandedBack = deliveries.Count(d => d.IsHandedBack),
            Redelivered = deliveries.CountBy(d => d.MessageId).Count(message => message.Value > 1),
            Right = await fleet.RightAsync(),
            Incidents = await IncidentsAsync(service),
            Notices = (await service.Notices.ReceiveAsync(CancellationToken.None)).Count,
            Calls = service.Proxy.All,
            Cpu = cpu,
            Wall = watch.Elapsed,
        };
    }

    private static async Task<List<Delivery>> DeliverAsync(EventSourceMapping mapping, LoadQueue queue, Task feeding)
    {
        var deliveries = new List<Delivery>();
        while (!feeding.IsCompleted || await queue.LeftAsync() > 0)
        {
            deliveries.AddRange(await mapping.RunAsync(CancellationToken.None));
            await Task.Delay(Pause);
        }

        return deliveries;
    }

    private static async Task<BatchLog> LogAsync(List<FunctionProcess> processes)
    {
        foreach (var process in processes)
        {
            Assert.Equal(0, await process.StopAsync(CancellationToken.None));
        }

        // "Busy" is not an end: the message comes again. A duplicate counts where it was handled, not where it was recognised.
        var ends = processes.SelectMany(process => process.Output).Select(Json.Parse).Where(
            line => line.Member("fields").TextOf("Outcome") is not "busy");
        return new(ends.OrderBy(line => IsAnswered(line.Member("fields").TextOf("Why"))));
    }

    private static string End(BatchLog log, string messageId) =>
        log.Ended(messageId, isHandedBack: false) is var ended && IsAnswered(ended.Why) ? LoadFigures.Answered : ended.Outcome;

    private static bool IsAnswered(string? why) => why?.StartsWith("answered already", StringComparison.Ordinal) is true;

    private static async Task<IReadOnlyDictionary<IncidentState, int>> IncidentsAsync(DeployedService service)
    {
        var incidents = new List<Incident>();
        await foreach (var incident in service.Table.Journal.OpenAsync(CancellationToken.None))
        {
            incidents.Add(incident);
        }

        return incidents.CountBy(i => i.State).ToDictionary();
    }
}
