using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Intake;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Sweep;
using Remediator.Testing.Fakes;

namespace Remediator.Testing.Scenarios;

/// <summary>
/// The service's own object graph with the shipped playbooks, a fake AWS and a journal in memory: no waiting, no network.
/// </summary>
internal sealed class InMemoryHost : IScenarioHost
{
    public const string People = "arn:aws:sns:us-east-1:123456789012:escalations";
    private const string Automatic = "defaults: {mode: auto, owner: platform, environment: test}";

    private readonly Func<TimeProvider, IJournal> _newJournal;
    private readonly IJournal _journal;
    private string _policy = Automatic;
    private string _playbooks = Repository.At("playbooks");
    private Composition? _service;

    public InMemoryHost(Func<TimeProvider, IJournal>? journal = null) : this(new(), new(), journal)
    {
    }

    private InMemoryHost(TestClock clock, FakeAws fake, Func<TimeProvider, IJournal>? journal)
    {
        (Clock, Fake) = (clock, fake);
        _newJournal = journal ?? (_ => _journal!);
        _journal = journal?.Invoke(clock) ?? new MemoryJournal(clock, TimeSpan.FromMinutes(2));
    }

    public CancellationToken Ct => CancellationToken.None;

    public string Account => FakeAws.Account;

    public string Region => FakeAws.Region;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public TestClock Clock { get; }

    public FakeAws Fake { get; }

    public IJournal Journal => _journal;

    public IAws Aws => Fake.Behind;

    public FaultTable Faults => Fake.Faults;

    public EvaluationTable Evaluations => Fake.Config.Evaluations;

    public IReadOnlyList<string> Calls => Fake.Calls;

    /// <summary>The sweep's source of findings without an event; null if it does not look for any.</summary>
    public BacklogSources? Backlog { get; set; }

    /// <summary>Sends notices in place of SNS; null for the fake SNS.</summary>
    public IPublisher? Publisher { get; init; }

    /// <summary>The topic for machines; null if there is none.</summary>
    public string? Machines { get; set; }

    /// <summary>The service as currently deployed.</summary>
    public Composition Service => _service ??= Compose();

    public string Named(string what) => what;

    public Task UsePolicyAsync(string yaml)
    {
        _policy = yaml;
        Restart();
        return Task.CompletedTask;
    }

    /// <summary>Restarts the deployment with the playbooks of this folder.</summary>
    public void UsePlaybooks(string folder)
    {
        _playbooks = folder;
        Restart();
    }

    /// <summary>Another process of the same deployment, beside this one.</summary>
    public InMemoryHost Another() => new(Clock, Fake, _newJournal)
    {
        _policy = _policy,
        _playbooks = _playbooks,
        Backlog = Backlog,
        Publisher = Publisher,
        Machines = Machines,
    };

    /// <summary>Starts a new process: only the journal's content remains.</summary>
    public void Restart() => _service = null;

    public async Task<IReadOnlyList<Ended>> DeliverAsync(params IReadOnlyList<string> bodies) =>
        await Task.WhenAll(bodies.Select(DeliverAsync));

    public async Task<Ended> OperateAsync(OperatorCommand command) => Ended(await Service.Operator.RunAsync(command, Ct));

    public async Task<int> SweepAsync() => (await Service.Sweeper.SweepAsync(Ct)).Seen;

    public Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return Task.CompletedTask;
    }

    public Task PutItemAsync(JsonElement item)
    {
        Fake.Config.Record(item);
        return Task.CompletedTask;
    }

    public Task PutResourceAsync(JsonElement resource)
    {
        Fake.CloudControl.Put(resource);
        return Task.CompletedTask;
    }

    public Task<Incident?> IncidentAsync(string id) =>
        IncidentId.TryParse(id, out var parsed) ? _journal.FindAsync(parsed, Ct) : Task.FromResult<Incident?>(null);

    public Task<IReadOnlyList<JsonElement>> NoticesAsync() => Task.FromResult(Fake.Sns.ForQueues);

    /// <summary>Whatever a test is about, no page may stay open for whoever filters.</summary>
    public ValueTask DisposeAsync() => SubscriptionFilters.PagesThatStayOpen(Fake.Sns.Messages) is [var open, ..]
        ? throw new InvalidOperationException($"A page stays open: {open}")
        : ValueTask.CompletedTask;

    private static Ended Ended(Outcome outcome) =>
        new(outcome is Outcome.Busy, outcome.Name, outcome.About?.Id, outcome.Reason);

    private Composition Compose()
    {
        var foundation = new Foundation(
            Fake,
            new CrashingJournal(_journal, Fake.Crash),
            Publisher ?? new SnsPublisher(Fake),
            new AwsConfigService(Fake, Clock),
            new AwsTags(Fake, new FakeTags(Fake)),
            Clock,
            NullLoggerFactory.Instance)
        {
            OwnAccount = Account,
            Backlog = Backlog,
            OpsItems = new AwsOpsItems(Fake, Account, Region),
        };
        return new(foundation, PolicyReader.Read("policy.yaml", _policy), new PlaybookLibrary(_playbooks), new(People, Machines));
    }

    // As in the function: any exception returns the message to the queue.
    private async Task<Ended> DeliverAsync(string body)
    {
        try
        {
            return EventReader.Read(Encoding.UTF8.GetBytes(body), Now) switch
            {
                Received.Change(var change) => Ended(await Service.Pipeline.RunAsync(change, Ct)),
                Received.AlarmRang(var account, var region, var name) =>
                    new(false, $"looked at {await Service.DueIncidents.AlarmAsync(account, region, name, Ct)}", null, null),
                Received.Ignored(var why) => new(false, "ignored", null, why),
                Received.Rejected(var why) => new(true, "rejected", null, why),
                var other => throw new InvalidOperationException($"{other}"),
            };
        }
        catch (Exception fault) when (fault is not InvalidOperationException)
        {
            return new(true, "failed", null, fault.Message);
        }
    }
}
