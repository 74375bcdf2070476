using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Sweep;

/// <summary>Reminds the owner of an exemption, given by command or in the policy, some time before it ends: once.</summary>
internal sealed class ExemptionReminders(
    IJournal journal, KnownOrders known, Policy policy, Limits limits, Escalator escalator, TimeProvider clock)
{
    public async Task RemindAsync(CancellationToken ct)
    {
        var (now, book) = (clock.GetUtcNow(), await known.NowAsync(ct));
        foreach (var (ending, from) in book.Items.Where(o => o.Kind is OrderKind.Exempt).Select(Of).Concat(policy.Exemptions.Select(Of)))
        {
            if (now < from || now >= ending.Until)
            {
                continue;
            }

            var told = new Budget($"reminder of exemption {ending.Key}", int.MaxValue, ending.Until);
            if (await journal.CountAsync(told, 0, ct) == 0 && await escalator.TellAsync(ServiceNotice.OfEnding(ending), ct))
            {
                await journal.CountAsync(told, 1, ct);
            }
        }
    }

    private (EndingExemption Ending, DateTimeOffset From) Of(StandingOrder order)
    {
        var half = (order.Until - order.At) / 2;
        return (
            new(order.Id, $"{order.Match}", order.Why, order.By, order.Until,
            [
                ("look", "remediator orders"),
                ("renew", $"remediator renew {order.Id} --until {order.Until.AddDays(30):yyyy-MM-dd} --why 'reason'"),
                ("end now", $"remediator lift {order.Id}"),
            ])
            {
                Owner = order.Owner,
                Account = order.Match.Account ?? "",
            },
            order.Until - (half < limits.ExemptionReminder ? half : limits.ExemptionReminder));
    }

    private (EndingExemption Ending, DateTimeOffset From) Of(Exemption exemption) => (
        new(
            exemption.Key, string.Join(' ', Mismatch.Words(exemption.Match)), exemption.Reason, $"{exemption.At}", exemption.Until,
            [("renew", $"another 'until' at {exemption.At}, and a deployment")])
        {
            Owner = Owners.Of(policy, exemption.Match),
            Account = exemption.Match.Accounts is [var one] ? one : "",
        },
        exemption.Until - limits.ExemptionReminder);
}
