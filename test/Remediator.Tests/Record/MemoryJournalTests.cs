using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Record;

namespace Remediator.Tests.Record;

/// <summary>The in-memory journal meets the contract; the one on DynamoDB has the same tests.</summary>
public sealed class MemoryJournalTests : JournalContract
{
    [Fact]
    public async Task Work_that_is_given_up_ends()
    {
        var clock = new TestClock();
        var journal = new MemoryJournal(clock, TimeSpan.FromMinutes(2));
        await journal.ClaimAsync(Some.Incident(now: clock.GetUtcNow()), default);

        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await journal.OpenAsync(new(canceled: true)).ToListAsync());
    }

    [Fact]
    public async Task Lease_is_free_only_after_its_end()
    {
        var clock = new TestClock();
        var journal = new MemoryJournal(clock, TimeSpan.FromMinutes(2));
        var incident = Some.Incident(now: clock.GetUtcNow());
        await journal.ClaimAsync(incident, default);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.IsType<Claim.Taken>(await journal.ResumeAsync(incident, default));

        clock.Advance(TimeSpan.FromTicks(1));

        Assert.IsType<Claim.Mine>(await journal.ResumeAsync(incident, default));
    }

    protected override object Create(TimeProvider clock) => new MemoryJournal(clock, TimeSpan.FromMinutes(2));
}
