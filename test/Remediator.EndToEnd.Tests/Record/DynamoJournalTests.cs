using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Emulation;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Sweep;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Record;

namespace Remediator.EndToEnd.Tests.Record;

/// <summary>The DynamoDB journal meets the contract, on a separate table for each test.</summary>
[Collection(OnTheEmulator.Name)]
public sealed class DynamoJournalTests(EmulatorFixture fixture) : JournalContract, IAsyncLifetime, IDisposable
{
    private readonly string table = $"journal-{Guid.NewGuid():N}";
    private readonly AmazonDynamoDBClient dynamo = new(
        new BasicAWSCredentials("test", "test"),
        new AmazonDynamoDBConfig { ServiceURL = fixture.Emulator.Url.AbsoluteUri, AuthenticationRegion = TemplateDeployer.Region });

    public Task InitializeAsync() => JournalTable.CreateAsync(dynamo, table, new FixedKey(table), CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => dynamo.Dispose();

    [Fact]
    public async Task Incident_that_cannot_be_read_is_counted_and_costs_the_others_nothing()
    {
        var clock = new TestClock();
        var journal = new DynamoJournal(dynamo, new(table), new FixedKey(table), clock);
        var (unreadable, other) = (
            Some.Incident(Some.Bucket("a"), now: clock.GetUtcNow()), Some.Incident(Some.Bucket("b"), now: clock.GetUtcNow()));
        foreach (var incident in new[] { unreadable, other })
        {
            var mine = Assert.IsType<Claim.Mine>(await journal.ClaimAsync(incident, CancellationToken.None));
            await journal.ReleaseAsync(incident with { State = IncidentState.Pending }, mine.Lease, CancellationToken.None);
        }

        await dynamo.UpdateItemAsync(new(table, DynamoItems.CurrentKey(unreadable.Key), [])
        {
            UpdateExpression = "SET detail = :other",
            ExpressionAttributeValues = new() { [":other"] = new() { B = new MemoryStream([1, 2, 3]) } },
        });
        clock.Advance(TimeSpan.FromHours(1));

        var swept = await Service(journal, clock).Sweeper.SweepAsync(CancellationToken.None);

        Assert.Equal((2, 1), (swept.Seen, swept.Failed));
        var ended = await journal.FindAsync(new(other.Id), CancellationToken.None);
        Assert.Equal(IncidentState.Closed, ended!.State);
    }

    [Fact]
    public async Task What_an_earlier_version_left_open_is_due_still()
    {
        var clock = new TestClock();
        var incident = Some.Incident(Some.Bucket("early"), now: clock.GetUtcNow());
        await new DynamoJournal(dynamo, new(table), new FixedKey(table), clock).ClaimAsync(incident, CancellationToken.None);
        await dynamo.UpdateItemAsync(new(table, DynamoItems.CurrentKey(incident.Key), [])
        {
            UpdateExpression = "SET #open = :open REMOVE mac",
            ExpressionAttributeNames = new() { ["#open"] = "open" },
            ExpressionAttributeValues = new() { [":open"] = new("open") },
        });
        clock.Advance(TimeSpan.FromHours(1));

        var journal = new DynamoJournal(dynamo, new(table), new NoKey(), clock);
        var due = await journal.DueAsync(clock.GetUtcNow(), CancellationToken.None).ToListAsync();

        Assert.Contains(due, i => i.Id == incident.Id);
    }

    private static Composition Service(DynamoJournal journal, TimeProvider clock)
    {
        var aws = new FakeAws();
        var foundation = new Foundation(
            aws,
            journal,
            new SnsPublisher(aws),
            new AwsConfigService(aws, clock),
            new AwsTags(aws, new FakeTags(aws)),
            clock,
            NullLoggerFactory.Instance)
        {
            OwnAccount = FakeAws.Account,
        };
        return new(
            foundation,
            PolicyReader.Read("policy.yaml", "defaults: {mode: observe}"),
            new PlaybookLibrary(Repository.At("playbooks")),
            new("arn:people", null));
    }

    protected override object Create(TimeProvider clock) => new DynamoJournal(dynamo, new(table), new FixedKey(table), clock);
}
