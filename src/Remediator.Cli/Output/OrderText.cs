using Remediator.Incidents;

namespace Remediator.Cli.Output;

/// <summary>Orders of people as people and programs read them.</summary>
internal static class OrderText
{
    public static void Show(Terminal at, OrderBook book, DateTimeOffset now, bool areOver)
    {
        var orders = book.Items.Where(o => areOver || o.IsInForce(now)).OrderBy(o => areOver ? default : o.Until).ToArray();
        foreach (var order in orders)
        {
            at.Screen.Line($"{order.Id}  until {order.EndedAt ?? order.Until:yyyy-MM-dd HH:mm}Z", Tone.Heading);
            at.Screen.Paragraph($"  {order.Match}");
            at.Screen.Paragraph($"  {order.By}: {order.Why}");
        }

        at.Screen.Line((orders.Length, areOver) switch
        {
            (0, false) => "No order is in force: the policy alone decides. Its exemptions and freezes are in its file.",
            (0, true) => "No order is over.",
            (1, false) => "1 order is in force; 'remediator lift ID' ends it.",
            (var many, false) => $"{many} orders are in force; 'remediator lift ID' ends one.",
            (var many, true) => $"{many} over.",
        });
        foreach (var name in book.Unbelieved)
        {
            at.Screen.Line(
                $"{name} cannot be read, or somebody else wrote or changed it: it counts for nothing. Find out who did, then delete it.",
                Tone.Bad);
        }

        at.Json(w =>
        {
            w.List("orders", orders, order =>
            {
                w.WriteString("id", order.Id);
                w.WriteString("kind", order.Kind.StoredName().ToLowerInvariant());
                w.WriteStartObject("match");
                foreach (var (word, pattern) in order.Match.Words)
                {
                    w.WriteString(word, pattern);
                }

                w.WriteEndObject();
                w.WriteString("by", order.By);
                w.WriteString("why", order.Why);
                w.WriteString("at", order.At);
                w.WriteString("until", order.Until);
                w.WriteString("owner", order.Owner);
                if (order.EndedAt is { } ended)
                {
                    w.WriteString("endedAt", ended);
                }

                w.List("history", order.Entries, entry =>
                {
                    w.WriteString("at", entry.At);
                    w.WriteString("what", entry.What);
                });
            });
            w.Texts("unbelieved", book.Unbelieved);
        });
    }
}
