using System.Collections.Concurrent;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Record;
using Remediator.Testing.Record.Dynamo;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using Xunit.Abstractions;

namespace Remediator.Tests.Sweep;

/// <summary>
/// One account opens most findings of a storm, and fifty processes take them, with the journal on DynamoDB as it is in memory: all are
/// accounted for, notices keep to the policy, no item of the journal is where all meet, and the findings of the other accounts do not wait
/// for the storm's end. REMEDIATOR_LOAD=full sends 100,000 events instead of 5,000.
/// </summary>
[Trait("Category", "Slow")]
public sealed class StormTests(ITestOutputHelper output) : IBacklog, IQueue
{
    private const int Workers = 50;
    private const int Others = 9;
    private const int PerHour = 400;
    private const int PerAccount = 100;
    private const int Notices = 20;
    private const int Hours = 4;
    private const string Noisy = "400000000000";
    private static readonly int Events = FullRun.IsAsked ? 100_000 : 5_000;

    private readonly ConcurrentQueue<string> _queue = new();
    private readonly ConcurrentDictionary<string, int> _ends = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _fixed = new(StringComparer.Ordinal);

    [Fact]
    public async Task Storm_of_one_account_is_accounted_for_and_keeps_no_other_account_waiting()
    {
        using var dynamo = new DynamoInMemory { UnderWay = () => Task.Delay(1) };
        await using var host = await HostAsync(dynamo);
        var resources = await SeedAsync(host);
        // A tenth comes twice.
        string[] events = [.. resources.Concat(resources.Take(Events - resources.Count)).Select(Event)];
        new Random(1).Shuffle(events);
        foreach (var body in events)
        {
            _queue.Enqueue(body);
        }

        InMemoryHost[] workers = [.. Enumerable.Range(0, Workers).Select(_ => host.Another())];
        await WorkAsync(workers);
        Report(0);
        Assert.Equal(Events, _ends.Where(e => e.Key is not "busy").Sum(e => e.Value));
        for (var hour = 1; hour <= Hours; hour++)
        {
            host.Clock.Advance(TimeSpan.FromHours(1));
            await SweepAsync(host, workers);
            Report(hour);
        }

        var open = await host.Journal.OpenAsync(host.Ct).CountAsync(i => i.State is not IncidentState.Fixed);
        Assert.Equal(resources.Count, open + _fixed.Values.Sum());
        Assert.InRange(_fixed[Noisy], 1, PerAccount * (Hours + 1));
        // What the storm's account may have of an hour's changes leaves the rest to the others, or all that they need.
        var (theirs, need) = (_fixed.Where(f => f.Key != Noisy).Sum(f => f.Value), resources.Count(r => r.Account != Noisy));
        Assert.InRange(theirs, Math.Min(need, (PerHour - PerAccount) * (Hours + 1)) * 9 / 10, need);
        Assert.InRange((await host.NoticesAsync()).Count, 0, (Notices + 1) * (Hours + 1));
        var busiest = dynamo.Writes.OrderByDescending(w => w.Value).Take(3).Select(w => $"{w.Key} {w.Value}");
        output.WriteLine(
            $"journal: {dynamo.Writes.Values.Sum()} items written or checked in {dynamo.Writes.Count} partitions, most of them in "
            + $"{string.Join(", ", busiest)}; {dynamo.Conflicts} writes met a transaction and were tried again");
    }

    Task<IReadOnlyList<string>?> IBacklog.NonCompliantRulesAsync(string account, string region, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<string>?>([]);

    Task<IReadOnlyList<ConfigRule>> IBacklog.RulesAsync(
        string account, string region, IReadOnlyList<string>? names, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ConfigRule>>([]);

    Task<BacklogPage> IBacklog.NonCompliantAsync(string account, string region, string rule, string? page, CancellationToken ct) =>
        Task.FromResult(new BacklogPage([], null));

    Task<int> IQueue.WaitingAsync(CancellationToken ct) => Task.FromResult(_queue.Count);

    Task IQueue.SendAsync(IReadOnlyList<string> bodies, CancellationToken ct)
    {
        foreach (var body in bodies)
        {
            _queue.Enqueue(body);
        }

        return Task.CompletedTask;
    }

    private async Task<InMemoryHost> HostAsync(DynamoInMemory dynamo)
    {
        var host = new InMemoryHost(clock => new DynamoJournal(dynamo, new("journal"), new FixedKey("journal"), clock));
        host.Clock.RealUpTo = TimeSpan.FromSeconds(2);
        host.Backlog = new(this, new AwsAggregator(host.Fake), this, FakeAws.Account, FakeAws.Region);
        host.Fake.On("config:DescribeConfigRules", Rule);
        await host.UsePolicyAsync(
            $"{{defaults: {{mode: auto}}, escalation: {{per-hour: {Notices}}}, budgets: {{per-hour: {PerHour}, "
            + $"per-account: {PerAccount}, per-playbook: {PerHour}}}}}");
        return host;
    }

    private static async Task<List<ResourceKey>> SeedAsync(InMemoryHost host)
    {
        var resources = new List<ResourceKey>();
        for (var i = 0; i < Events * 9 / 10; i++)
        {
            var account = i % 10 > 0 ? Noisy : $"{400_000_000_001 + (i / 10 % Others)}";
            resources.Add(await host.BucketAsync($"bucket-{i}", Steps.HalfBlocked) with { Account = account });
        }

        return resources;
    }

    /// <summary>What is in the queue, by fifty workers; a message that is given back comes again.</summary>
    private Task WorkAsync(IEnumerable<InMemoryHost> workers) => Task.WhenAll(workers.Select(worker => Task.Run(async () =>
    {
        while (_queue.TryDequeue(out var body))
        {
            await HandleAsync(worker, body);
        }
    })));

    private async Task HandleAsync(InMemoryHost host, string body)
    {
        if (Json.Parse(body).Member("detail").TextOf("incidentKey") is { } key)
        {
            Count(await host.Service.DueIncidents.GoOnAsync(key, host.Ct));
            return;
        }

        var ended = Assert.Single(await host.DeliverAsync(body));
        _ends.AddOrUpdate(ended.IsHandedBack ? "busy" : ended.Outcome, 1, (_, n) => n + 1);
        if (ended.IsHandedBack)
        {
            _queue.Enqueue(body);
        }
        else if (ended is { Outcome: "fixed", Incident: { } id })
        {
            Count((await host.IncidentAsync(id))!.Resource.Account);
        }
    }

    private void Count(Outcome? outcome)
    {
        if (outcome is Outcome.Fixed { About: { } incident })
        {
            Count(incident.Resource.Account);
        }
    }

    private void Count(string account) => _fixed.AddOrUpdate(account, 1, (_, n) => n + 1);

    /// <summary>Passes until nothing is due that a worker could take.</summary>
    private async Task SweepAsync(InMemoryHost host, InMemoryHost[] workers)
    {
        for (var passes = 0; passes < 100 && (await host.Service.Sweeper.SweepAsync(host.Ct)).HandedOver > 0; passes++)
        {
            await WorkAsync(workers);
        }
    }

    private void Report(int hour)
    {
        var others = _fixed.Where(f => f.Key != Noisy).Select(f => f.Value).Order().ToArray();
        var ends = string.Join(", ", _ends.OrderBy(e => e.Key).Select(e => $"{e.Key} {e.Value}"));
        output.WriteLine(
            $"hour {hour}: fixed {_fixed.GetValueOrDefault(Noisy)} of the storm's account, {others.Sum()} of {others.Length} others "
            + $"(least {others.FirstOrDefault()}, most {others.LastOrDefault()}); ends: {ends}");
    }

    private static string Event(ResourceKey resource) =>
        Some.Event(Some.Change(new($"rule-{resource.Account}", ArnOf(resource.Account)), resource, Some.Time));

    private static string ArnOf(string account) => $"arn:aws:config:us-east-1:{account}:config-rule/config-rule-storm";

    private static JsonElement Rule(JsonElement input)
    {
        var name = input.Member("ConfigRuleNames")[0].GetString()!;
        return Json.Parse($$"""
            {"ConfigRules":[{"ConfigRuleName":"{{name}}","ConfigRuleArn":"{{ArnOf(name["rule-".Length..])}}",
             "Source":{"Owner":"AWS","SourceIdentifier":"{{Steps.PublicAccess}}"},"InputParameters":"{}"}]}
            """);
    }
}
