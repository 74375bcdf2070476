using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Record;
using Remediator.Testing.Record.Dynamo;

namespace Remediator.Tests.Record;

/// <summary>The journal on DynamoDB meets the contract on the table in memory, as it does on the emulator.</summary>
public sealed class DynamoInMemoryTests : JournalContract, IDisposable
{
    private readonly DynamoInMemory dynamo = new();

    public void Dispose() => dynamo.Dispose();

    [Fact]
    public async Task Order_to_stop_and_a_count_that_meet_a_change_are_written_all_the_same()
    {
        var clock = new TestClock { RealUpTo = TimeSpan.FromSeconds(2) };
        using var slow = new DynamoInMemory { Latency = TimeSpan.FromMilliseconds(30) };
        var journal = new DynamoJournal(slow, new("journal"), new FixedKey("journal"), clock);
        var breaker = new Budget("failures", 5, clock.GetUtcNow().AddHours(1)) { IsBreaker = true };
        var mine = Assert.IsType<Claim.Mine>(await journal.ClaimAsync(Some.Incident(now: clock.GetUtcNow()), default));

        var begin = journal.BeginAsync(mine.Incident, mine.Lease, [breaker], default);
        var count = journal.CountAsync(breaker, 1, default);
        await journal.SetStopAsync("all of it is wrong", default);

        Assert.Equal(1, await count);
        Assert.IsType<Begun.Yes>(await begin);
        Assert.Equal("all of it is wrong", await journal.WhyStoppedAsync(default));
        Assert.InRange(slow.Conflicts, 2, 20);
    }

    protected override object Create(TimeProvider clock) => new DynamoJournal(dynamo, new("journal"), new FixedKey("journal"), clock);
}
