using Moq;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;

namespace Remediator.Tests.Record;

/// <summary>How often a process reads the orders of people.</summary>
public sealed class KnownOrdersTests
{
    private readonly TestClock clock = new();
    private readonly Mock<IJournal> journal = new();
    private readonly KnownOrders known;

    public KnownOrdersTests()
    {
        var version = 0;
        journal.Setup(j => j.OrdersAsync(It.IsAny<OrderBook>(), default)).ReturnsAsync(() => new OrderBook(++version, []));
        known = new(journal.Object, clock);
    }

    [Fact]
    public async Task Orders_are_read_once_in_a_few_seconds_with_what_is_known_of_them()
    {
        Assert.Equal(1, (await known.NowAsync(default)).Version);
        clock.Advance(Limits.StopKnownFor - TimeSpan.FromTicks(1));
        Assert.Equal(1, (await known.NowAsync(default)).Version);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(2, (await known.NowAsync(default)).Version);

        journal.Verify(j => j.OrdersAsync(OrderBook.Empty, default), Times.Once);
        journal.Verify(j => j.OrdersAsync(It.Is<OrderBook>(b => b.Version == 1), default), Times.Once);
    }

    [Fact]
    public async Task After_a_person_gave_one_they_are_read_anew()
    {
        await known.NowAsync(default);

        Assert.Equal(2, (await known.AnewAsync(default)).Version);
        Assert.Equal(2, (await known.NowAsync(default)).Version);
    }
}
