using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Remediator.Cli.Emulator;
using Remediator.EndToEnd.Tests.Emulation;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Record;
using Remediator.Testing.Record;

namespace Remediator.EndToEnd.Tests.Record;

/// <summary>The journal that is deployed keeps the contract, on a table of its own for each test.</summary>
[Collection(OnTheEmulator.Name)]
public sealed class DynamoJournalTests(EmulatorFixture fixture) : JournalContract, IAsyncLifetime, IDisposable
{
    private readonly string table = $"journal-{Guid.NewGuid():N}";
    private readonly AmazonDynamoDBClient dynamo = new(
        new BasicAWSCredentials("test", "test"),
        new AmazonDynamoDBConfig { ServiceURL = fixture.Emulator.Url.AbsoluteUri, AuthenticationRegion = TemplateDeployer.Region });

    public Task InitializeAsync() => JournalTable.CreateAsync(dynamo, table, CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => dynamo.Dispose();

    protected override object Create(TimeProvider clock) => new DynamoJournal(dynamo, new(table), clock);
}
