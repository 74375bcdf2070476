using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Remediator.Change;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Load;

/// <summary>Many concurrent events through a queue, all in memory: each has a known end, and each resource is changed once.</summary>
public sealed class InMemoryLoadTests
{
    private const int Workers = 8;
    private const int Resources = 500;
    private const int Accounts = 20;
    private const int EventsEach = 20;

    [Fact]
    public async Task Ten_thousand_events_are_all_accounted_for_and_change_each_resource_once()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto}, budgets: {per-hour: 1000, per-account: 1000, per-playbook: 1000}}");
        host.Fake.On("config:DescribeConfigRules", Rule);
        var resources = await SeedAsync(host);
        var queue = Channel.CreateUnbounded<string>();
        var events = Enumerable.Range(0, Resources * EventsEach).Select(i => EventOf(resources[i % Resources], i / Resources)).ToList();
        foreach (var one in events)
        {
            queue.Writer.TryWrite(one);
        }

        var ends = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        using var process = Process.GetCurrentProcess();
        var (cpu, time, left) = (process.TotalProcessorTime, Stopwatch.StartNew(), events.Count);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            while (await queue.Reader.WaitToReadAsync())
            {
                while (queue.Reader.TryRead(out var body))
                {
                    var ended = Assert.Single(await host.DeliverAsync(body));
                    if (ended.IsHandedBack)
                    {
                        ends.AddOrUpdate("handed back", 1, (_, n) => n + 1);
                        await queue.Writer.WriteAsync(body);
                        continue;
                    }

                    ends.AddOrUpdate(ended.Outcome, 1, (_, n) => n + 1);
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        queue.Writer.Complete();
                    }
                }
            }
        })));
        process.Refresh();
        Report(host, ends, process.TotalProcessorTime - cpu, time.Elapsed);

        Assert.Equal(events.Count, ends.Where(e => e.Key is not "handed back").Sum(e => e.Value));
        Assert.Equal(Resources, host.Changes().Count());
        Assert.Equal(Resources, ends["fixed"]);
        Assert.Empty(await host.NoticesAsync());
        foreach (var resource in resources)
        {
            Assert.True((await host.BlockAsync(resource)).Member("BlockPublicAcls").IsTruthy(), resource.Id);
        }
    }

    private static void Report(InMemoryHost host, ConcurrentDictionary<string, int> ends, TimeSpan cpu, TimeSpan time)
    {
        var events = Resources * EventsEach;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"events in {events}, accounted for {ends.Where(e => e.Key is not "handed back").Sum(e => e.Value)}: "
                + $"{string.Join(", ", ends.OrderBy(e => e.Key).Select(e => $"{e.Key} {e.Value}"))}"
            ));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"own CPU per event {cpu.TotalMilliseconds / events:0.000} ms, events per second of CPU "
                + $"{events / cpu.TotalSeconds:0}, in {time.TotalSeconds:0.0} s; AWS calls per event "
                + $"{(double)host.Calls.Count / events:0.00}"
            ));
    }

    private static async Task<IReadOnlyList<ResourceKey>> SeedAsync(InMemoryHost host)
    {
        var resources = new List<ResourceKey>();
        for (var i = 0; i < Resources; i++)
        {
            var bucket = await host.BucketAsync(string.Create(CultureInfo.InvariantCulture, $"bucket-{i}"));
            resources.Add(bucket with { Account = string.Create(CultureInfo.InvariantCulture, $"{400000000000 + (i % Accounts)}") });
        }

        return resources;
    }

    /// <summary>The same drift's event repeatedly: with the same time, and a little later.</summary>
    private static string EventOf(ResourceKey resource, int round) =>
        Some.Event(Some.Change(new($"rule-{resource.Account}", ArnOf(resource.Account)), resource, Some.Time.AddSeconds(round / 2)));

    private static string ArnOf(string account) => $"arn:aws:config:us-east-1:{account}:config-rule/config-rule-load";

    private static System.Text.Json.JsonElement Rule(System.Text.Json.JsonElement input)
    {
        var name = input.Member("ConfigRuleNames")[0].GetString()!;
        return Json.Parse($$"""
            {"ConfigRules":[{"ConfigRuleName":"{{name}}","ConfigRuleArn":"{{ArnOf(name["rule-".Length..])}}",
             "Source":{"Owner":"AWS","SourceIdentifier":"{{Steps.PublicAccess}}"},"InputParameters":"{}"}]}
            """);
    }
}
