using Moq;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;

namespace Remediator.Tests.Record;

/// <summary>How often a process reads how far rollouts are.</summary>
public sealed class KnownRolloutsTests
{
    [Fact]
    public async Task Rollouts_are_read_once_a_minute()
    {
        var (clock, journal) = (new TestClock(), new Mock<IJournal>());
        journal.Setup(j => j.RolloutsAsync(default)).ReturnsAsync(new RolloutBook(1, []));
        var known = new KnownRollouts(journal.Object, clock);
        Assert.Equal(1, (await known.NowAsync(default)).Version);
        journal.Setup(j => j.RolloutsAsync(default)).ReturnsAsync(new RolloutBook(2, []));

        clock.Advance(Limits.RolloutsKnownFor - TimeSpan.FromTicks(1));
        Assert.Equal(1, (await known.NowAsync(default)).Version);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(2, (await known.NowAsync(default)).Version);
    }
}
