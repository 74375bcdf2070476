using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Testing.Record;

/// <summary>The orders of people.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task Order_that_is_given_is_in_the_book_until_it_is_ended_and_then_among_those_that_are_over()
    {
        var (order, book) = (Exempt("given"), await Journal.OrdersAsync(OrderBook.Empty, Ct));

        Assert.True(await Journal.WriteOrderAsync(order.Noted("given", Now), book, Ct));
        var given = await Journal.OrdersAsync(book, Ct);
        Assert.True(given.Version > book.Version, "it rises with each word");
        Assert.Equal("given", given.Find(order.Id)!.Entries.Single().What);
        Assert.Equal(order.Match, given.Find(order.Id)!.Match);
        Assert.Null((await Journal.EndedOrdersAsync(Ct)).Find(order.Id));

        Assert.True(await Journal.WriteOrderAsync(given.Find(order.Id)! with { EndedAt = Now }, given, Ct));
        var ended = await Journal.OrdersAsync(given, Ct);
        Assert.Null(ended.Find(order.Id));
        Assert.Equal(Now, (await Journal.EndedOrdersAsync(Ct)).Find(order.Id)!.EndedAt);
    }

    [Fact]
    public async Task Order_is_not_written_over_a_book_that_somebody_changed()
    {
        var book = await Journal.OrdersAsync(OrderBook.Empty, Ct);
        Assert.True(await Journal.WriteOrderAsync(Exempt("first"), book, Ct));

        Assert.False(await Journal.WriteOrderAsync(Exempt("second"), book, Ct));

        var now = await Journal.OrdersAsync(book, Ct);
        Assert.NotNull(now.Find(Exempt("first").Id));
        Assert.Null(now.Find(Exempt("second").Id));
        Assert.True(await Journal.WriteOrderAsync(Exempt("second"), now, Ct));
    }

    [Fact]
    public async Task Orders_that_are_over_come_the_newest_end_first()
    {
        string[] ids = [Exempt("ended first").Id, Exempt("ended second").Id];
        foreach (var resource in (string[])["ended first", "ended second"])
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            var book = await Journal.OrdersAsync(OrderBook.Empty, Ct);
            Assert.True(await Journal.WriteOrderAsync(Exempt(resource) with { EndedAt = Now }, book, Ct));
        }

        Assert.Equal(ids.Reverse(), (await Journal.EndedOrdersAsync(Ct)).Items.Select(o => o.Id).Where(ids.Contains));
    }

    private StandingOrder Exempt(string resource)
    {
        var match = new OrderMatch { Resource = resource };
        return new()
        {
            Id = StandingOrder.IdOf(OrderKind.Exempt, match),
            Kind = OrderKind.Exempt,
            Match = match,
            By = "alice",
            Why = "on purpose",
            At = Now,
            Until = Now.AddDays(30),
        };
    }
}
