using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Change;

/// <summary>
/// Before a change that alarms may take back: the alarms have to be there, and to be silent. One that rings already could tell nothing.
/// </summary>
internal sealed class AlarmGate(IAwsAccounts accounts)
{
    private readonly AwsAlarms _alarms = new(accounts);

    public async Task<Planning> PassAsync(Incident incident, ChangeOrder order, Planning planning, CancellationToken ct)
    {
        if (order.UndoOn is not { } undoOn || planning.Proposal is not { } ready)
        {
            return planning;
        }

        var (account, region) = (incident.Resource.Account, incident.Region);
        var names = undoOn is { OfStack: true } && ready.Owner is { Kind: ResourceOwner.Stack, Name: var stack }
            ? [.. undoOn.Alarms.Concat(await _alarms.OfStackAsync(account, region, stack, ct)).Distinct(StringComparer.Ordinal)]
            : undoOn.Alarms;
        if (names.IsEmpty)
        {
            return planning;
        }

        var found = await _alarms.ReadAsync(account, region, names, ct);
        var missing = undoOn.Alarms.Except(found.Select(a => a.Name), StringComparer.Ordinal).ToList();
        if (missing is [_, ..])
        {
            return new Planning.Refused(
                Reason.NotConfigured,
                $"The policy takes a change back where one of these alarms rings, and they are not in account {account}, {region}: "
                + $"{string.Join(", ", missing)}.");
        }

        var watched = planning.With(new AlarmWatch([.. found.Where(a => !a.IsRinging).Select(a => a.Name)], undoOn.Within));
        return found.Where(a => a.IsRinging).Select(a => a.Name).ToList() is [_, ..] ringing && watched is Planning.Ready plan
            ? new Planning.Guarded(
                Reason.Guarded,
                $"{(ringing is [_] ? "An alarm that would take the change back rings" : "Alarms that would take the change back ring")} "
                + $"already: {string.Join(", ", ringing)}.",
                plan)
            : watched;
    }
}
