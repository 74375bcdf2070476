using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Aws;
using Remediator.Function.Handlers;
using Remediator.Function.Logging;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Sweep;

/// <summary>However much is due, the sweep finds what is urgent first, and hands the rest to workers.</summary>
public sealed class HandOverTests : IBacklog, IQueue
{
    private readonly List<string> _sent = [];
    private int _waiting;
    private bool _isDown;

    [Fact]
    public async Task What_stopped_half_way_is_taken_up_in_the_first_pass_and_the_rest_goes_to_the_workers()
    {
        await using var host = Host();
        var crashed = await CrashedAsync(host);
        await ObservedAsync(host, 250);
        host.Clock.Advance(TimeSpan.FromHours(25));

        var swept = await host.Service.Sweeper.SweepAsync(host.Ct);

        Assert.Equal(IncidentState.Fixed, (await host.IncidentAsync(crashed.Id))!.State);
        Assert.Equal((1, 0, 250), (swept.Seen, swept.Failed, swept.HandedOver));
        Assert.Equal(250, _sent.Distinct().Count());
    }

    [Fact]
    public async Task Worker_continues_a_due_incident_once_for_any_number_of_messages()
    {
        await using var host = Host();
        await ObservedAsync(host, 3);
        host.Clock.Advance(TimeSpan.FromHours(25));
        await host.Service.Sweeper.SweepAsync(host.Ct);
        Assert.Equal(3, _sent.Count);

        var (worker, log) = Worker(host);
        foreach (var body in _sent.Concat(_sent))
        {
            await worker.ProcessAsync(new("m", body, 1, ""), host.Ct);
        }

        Assert.Empty(await host.Journal.DueAsync(host.Now, host.Ct).ToListAsync());
        Assert.Equal(6, Metric(log, Remediator.Function.Handlers.Sweep.FailedMetric).Count);
        Assert.All(Metric(log, Remediator.Function.Handlers.Sweep.FailedMetric), n => Assert.Equal(0, n));
    }

    [Fact]
    public async Task Message_about_a_due_incident_does_nothing_if_it_is_not_due()
    {
        await using var host = Host();
        await ObservedAsync(host, 1);
        var incident = Assert.Single(await host.Journal.OpenAsync(host.Ct).ToListAsync());
        var calls = host.Calls.Count;

        foreach (var key in new[] { incident.Key, "no such incident" })
        {
            await Worker(host).Processor.ProcessAsync(new("m", Due(key), 1, ""), host.Ct).WaitAsync(host.Ct);
        }

        Assert.Equal(calls, host.Calls.Count);
        Assert.Equal(incident.Version, Assert.Single(await host.Journal.OpenAsync(host.Ct).ToListAsync()).Version);
    }

    [Fact]
    public async Task Incident_that_fails_stays_due_and_is_counted_and_its_message_does_not_come_again()
    {
        await using var host = Host();
        await ObservedAsync(host, 1);
        host.Clock.Advance(TimeSpan.FromHours(25));
        await host.Service.Sweeper.SweepAsync(host.Ct);
        host.Fake.Before = _ => throw new InvalidOperationException("a defect");
        var (worker, log) = Worker(host);

        await worker.ProcessAsync(new("m", Assert.Single(_sent), 1, ""), host.Ct);

        Assert.Equal([1], Metric(log, Remediator.Function.Handlers.Sweep.FailedMetric));
        Assert.Single(await host.Journal.DueAsync(host.Now.AddMinutes(6), host.Ct).ToListAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nothing_can_be_handed_over_the_pass_does_what_it_can_itself(bool isDown)
    {
        await using var host = Host();
        (_waiting, _isDown) = (isDown ? 0 : 20_000, isDown);
        await ObservedAsync(host, 250);
        host.Clock.Advance(TimeSpan.FromHours(25));

        var swept = await host.Service.Sweeper.SweepAsync(host.Ct);

        Assert.Equal((100, 0), (swept.Seen, swept.HandedOver));
        Assert.Empty(_sent);
        Assert.Equal(150, (await host.Journal.DueAsync(host.Now, host.Ct).ToListAsync()).Count);
    }

    [Fact]
    public async Task Lag_is_the_time_since_the_oldest_incident_became_due()
    {
        await using var host = Host();
        await ObservedAsync(host, 1);
        var due = Assert.Single(await host.Journal.OpenAsync(host.Ct).ToListAsync()).Due!.Value;
        host.Clock.Advance(due - host.Now + TimeSpan.FromMinutes(90));

        var swept = await host.Service.Sweeper.SweepAsync(host.Ct);

        Assert.Equal((5400, 0), (swept.Lag, swept.UrgentLag));
    }

    [Fact]
    public async Task What_came_in_one_storm_is_not_due_in_one_moment_and_never_later_than_it_was()
    {
        await using var host = Host();
        var before = host.Now;
        await ObservedAsync(host, 200);

        var due = (await host.Journal.OpenAsync(host.Ct).ToListAsync()).Select(i => i.Due!.Value - before).ToList();

        Assert.InRange(due.Max() - due.Min(), TimeSpan.FromHours(2), TimeSpan.FromHours(2.4));
        Assert.True(due.Max() <= TimeSpan.FromDays(1) + (host.Now - before));
    }

    Task<IReadOnlyList<string>?> IBacklog.NonCompliantRulesAsync(string account, string region, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<string>?>([]);

    Task<IReadOnlyList<ConfigRule>> IBacklog.RulesAsync(
        string account, string region, IReadOnlyList<string>? names, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ConfigRule>>([]);

    Task<BacklogPage> IBacklog.NonCompliantAsync(string account, string region, string rule, string? page, CancellationToken ct) =>
        Task.FromResult(new BacklogPage([], null));

    Task<int> IQueue.WaitingAsync(CancellationToken ct) => _isDown
        ? Task.FromException<int>(new AwsException("sqs:GetQueueAttributes", "ServiceUnavailable", 503, "", "down"))
        : Task.FromResult(_waiting);

    Task IQueue.SendAsync(IReadOnlyList<string> bodies, CancellationToken ct)
    {
        _sent.AddRange(bodies);
        return Task.CompletedTask;
    }

    private InMemoryHost Host()
    {
        var host = new InMemoryHost();
        host.Backlog = new(this, new AwsAggregator(host.Fake), this, FakeAws.Account, FakeAws.Region);
        return host;
    }

    private static async Task<Incident> CrashedAsync(InMemoryHost host)
    {
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Fake.Before = operation => operation is "s3:PutPublicAccessBlock" ? throw new KilledException() : Task.CompletedTask;
        await host.SendAsync(change);
        host.Fake.Before = _ => Task.CompletedTask;
        return (await host.Journal.OpenAsync(host.Ct).ToListAsync()).Single();
    }

    private static async Task ObservedAsync(InMemoryHost host, int count)
    {
        var rule = await host.RuleAsync(PublicAccess);
        await host.UsePolicyAsync("{defaults: {mode: auto}, rules: [{match: {resource: 'observed-*'}, mode: observe}]}");
        for (var i = 0; i < count; i++)
        {
            await host.SendAsync(Some.Change(rule, await host.BucketAsync($"observed-{i}"), host.Now));
        }
    }

    private static string Due(string key) =>
        $$"""{"source":"remediator.sweep","detail-type":"Incident Due","detail":{"incidentKey":{{Json.Text(key).GetRawText()}} } }""";

    private static (RecordProcessor Processor, MemoryStream Log) Worker(InMemoryHost host)
    {
        var log = new MemoryStream();
        var metrics = new Metrics("test", new JsonLines(log), host.Clock);
        return (
            new(host.Service.Pipeline, host.Service.DueIncidents, metrics, host.Clock, NullLogger<RecordProcessor>.Instance), log);
    }

    private static List<int> Metric(MemoryStream log, string name) =>
    [
        .. Encoding.UTF8.GetString(log.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Json.Parse(line).Member(name))
            .Where(value => !value.IsNull())
            .Select(value => value.GetInt32()),
    ];
}
