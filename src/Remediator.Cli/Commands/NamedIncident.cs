using Remediator.Cli.Output;
using Remediator.Incidents;

namespace Remediator.Cli.Commands;

/// <summary>The incident that a command names.</summary>
internal static class NamedIncident
{
    /// <summary>Null where the journal has none of this id, which has been said then.</summary>
    /// <exception cref="UsageException">It is no id.</exception>
    public static async Task<Incident?> FindAsync(Terminal at, string text, CancellationToken ct)
    {
        var id = IncidentId.TryParse(text, out var parsed) ? parsed : throw new UsageException(
            $"'{text}' is not an incident id; one looks like 01AB-CD2E-3F4G.");
        var foundation = at.Outside.Connect(new CliSettings(at.Outside).ForJournal());
        if (await foundation.Journal.FindAsync(id, ct) is not { } incident)
        {
            var missing = $"There is no incident {id} in this journal. 'remediator incidents' lists the open ones.";
            at.Outside.Error.WriteLine(missing);
            at.Error(ExitCodes.Problems, missing);
            return null;
        }

        await Unsealed.WarnAsync(at, foundation, ct);
        return incident;
    }
}
