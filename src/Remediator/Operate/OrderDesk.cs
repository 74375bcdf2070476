using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Operate;

/// <summary>Takes and ends the orders of people, each once, however often the command arrives.</summary>
internal sealed class OrderDesk(IJournal journal, KnownOrders known, Limits limits, TimeProvider clock)
{
    private const int Tries = 8;

    /// <summary>Why a command gives no order; null where it does.</summary>
    public string? Objection(OrderKind kind, OrderMatch match, OperatorCommand command) =>
        match.Objection ?? ObjectionTo(kind, command);

    /// <summary>The same of what a command says beside what it is about.</summary>
    public string? ObjectionTo(OrderKind kind, OperatorCommand command)
    {
        var now = clock.GetUtcNow();
        return string.IsNullOrWhiteSpace(command.Why) ? $"{What(kind)} needs a reason: --why '…'."
            : kind is OrderKind.Exempt && command.Until is null ? "An exemption needs an end: --until 2027-06-30, or --until 90d."
            : command.Until is { } until && until <= now ? $"{until:u} is over: --until takes a time that is to come."
            : command.Until > now + Limits.OrderTime
                ? $"{What(kind)} by command lasts {Limits.OrderTime.TotalDays:0} days at most: what lasts longer belongs into the policy."
            : null;
    }

    public DateTimeOffset UntilOf(OperatorCommand command) => command.Until ?? clock.GetUtcNow() + limits.HoldFor;

    /// <param name="kind">What it keeps the service from.</param>
    /// <param name="match">What it is about.</param>
    /// <param name="owner">Who hears of its end.</param>
    /// <param name="command">Who says so, why and until when.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<(StandingOrder? Order, Outcome Outcome)> GiveAsync(
        OrderKind kind, OrderMatch match, string owner, OperatorCommand command, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var order = new StandingOrder
        {
            Id = StandingOrder.IdOf(kind, match),
            Kind = kind,
            Match = match,
            By = CommandText.Giver(command),
            Why = command.Why ?? "",
            At = now,
            Until = UntilOf(command),
            Owner = owner,
        };
        for (var tries = 0; tries < Tries; tries++)
        {
            var book = await known.AnewAsync(ct);
            var there = book.Find(order.Id);
            if (there is not null && there.IsInForce(now) && (there.Says == order.Says || command.Until is null))
            {
                return (there, new Outcome.Done(null, $"It is so already: {there.Says}."));
            }

            if (there is null && book.Items.Length >= Limits.Orders)
            {
                return (null, new Outcome.Refused(
                    $"{Limits.Orders} orders are in force, and no more can be: 'remediator orders' lists them; what is to last belongs "
                    + "into the policy."));
            }

            var next = (there is null ? order : there.Renewed(order))
                .Noted($"{CommandText.Note(command)}, until {order.Until:u}", now);
            if (await journal.WriteOrderAsync(next, book, ct))
            {
                await known.AnewAsync(ct);
                return (next, new Outcome.Done(null, Given(next)));
            }
        }

        return (null, new Outcome.Busy("Others give orders right now: try again in a minute."));
    }

    /// <summary>Another end for an order that is in force.</summary>
    public async Task<Outcome> RenewAsync(string id, OperatorCommand command, CancellationToken ct) =>
        (await known.AnewAsync(ct)).Find(id) is { } order
            ? ObjectionTo(order.Kind, command) is { } objection ? new Outcome.Refused(objection)
                : (await GiveAsync(order.Kind, order.Match, order.Owner, command, ct)).Outcome
            : NotThere(id);

    /// <summary>Ends an order before its time.</summary>
    public async Task<Outcome> LiftAsync(string id, OperatorCommand command, CancellationToken ct)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var (book, now) = (await known.AnewAsync(ct), clock.GetUtcNow());
            if (book.Find(id) is not { } order)
            {
                return NotThere(id);
            }

            if (await journal.WriteOrderAsync(order.Noted(CommandText.Note(command), now) with { EndedAt = now }, book, ct))
            {
                await known.AnewAsync(ct);
                return new Outcome.Done(null, $"Order {id} ({order.Match}) has ended: what waited for it continues within minutes.");
            }
        }

        return new Outcome.Busy("Others give orders right now: try again in a minute.");
    }

    private static Outcome.Refused NotThere(string id) =>
        new($"There is no order '{id}' in force: 'remediator orders' lists them.");

    private static string What(OrderKind kind) => kind switch
    {
        OrderKind.Exempt => "An exemption",
        OrderKind.Pause => "A pause",
        _ => "A hold",
    };

    private static string Given(StandingOrder order) => order.Kind switch
    {
        OrderKind.Exempt => $"Left alone until {order.Until:u}, and nobody is called: {order.Match}.",
        OrderKind.Pause => $"Until {order.Until:u} what is found is only recorded, and nobody is called: {order.Match}.",
        _ => $"Not changed until {order.Until:u}; what is found waits: {order.Match}.",
    } + $" 'remediator lift {order.Id}' ends that.";
}
