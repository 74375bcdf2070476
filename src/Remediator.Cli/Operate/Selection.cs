using System.Collections.Immutable;
using Remediator.Cli.Commands;
using Remediator.Cli.Listing;
using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Operate;
using Remediator.Record;

namespace Remediator.Cli.Operate;

/// <summary>The incidents that a command is about, and those that were meant and that it does not fit.</summary>
/// <param name="Chosen">An undo takes the newest change first: what was changed last is put back first.</param>
/// <param name="LeftOut">Those named by id, each with why.</param>
/// <param name="Unfit">How many matched the filters and are not what the command is for.</param>
internal sealed record Selection(ImmutableArray<Incident> Chosen, ImmutableArray<(string Incident, string Why)> LeftOut, int Unfit)
{
    public static async Task<Selection> OfAsync(
        IJournal journal, OperatorCommand command, IReadOnlyList<string> ids, IncidentFilter filter, CancellationToken ct)
    {
        if (ids.Count > 0)
        {
            return Ordered(command, await NamedAsync(journal, command, ids, ct));
        }

        // What is fixed is closed soon, and can still be put back.
        var states = filter.States ?? (command.Verb is OperatorVerb.Undo ? [.. Enum.GetValues<IncidentState>()] : null);
        var found = await new IncidentQuery(journal).RunAsync(filter with { States = states }, ct);
        ImmutableArray<Incident> fit = [.. found.Incidents.Where(i => Operator.Objection(command, i) is null)];
        return Ordered(
            command,
            new(
                fit,
                [.. found.UnreadableNames.Select(name => (name, "The journal's item cannot be read."))],
                found.Incidents.Length - fit.Length));
    }

    /// <summary>The incidents of a problem, as far as the command fits them; each is read as it is now.</summary>
    /// <exception cref="UsageException">There is no such problem.</exception>
    public static async Task<Selection> OfProblemAsync(
        IJournal journal, OperatorCommand command, string problem, DateTimeOffset now, CancellationToken ct)
    {
        var known = await KnownIncidents.ReadAsync(journal, now - ProblemsCommand.Since, older: true, ct);
        Digest[] of =
        [
            .. Problems.Default.Of(known.Digests, now - ProblemsCommand.Since).Where(p => p.Id == problem).SelectMany(p => p.Incidents)
                .Concat(known.Digests.Where(d => d.IsOpen && (d.Problem == problem || ProblemCause.Of(d).Any(c => c.Id == problem))))
                .DistinctBy(d => d.Id),
        ];
        if (of is [])
        {
            throw new UsageException($"There is no problem '{problem}' by now: 'remediator problems' lists them. Nothing was done.");
        }

        var (chosen, unfit) = (ImmutableArray.CreateBuilder<Incident>(), 0);
        foreach (var digest in of)
        {
            if (IncidentId.TryParse(digest.Id, out var id) && await journal.FindAsync(id, ct) is { } incident
                && Operator.Objection(command, incident) is null)
            {
                chosen.Add(incident);
            }
            else
            {
                unfit++;
            }
        }

        return Ordered(
            command, new(chosen.ToImmutable(), [.. known.Unreadable.Select(n => (n, "The journal's item cannot be read."))], unfit));
    }

    private static async Task<Selection> NamedAsync(
        IJournal journal, OperatorCommand command, IReadOnlyList<string> ids, CancellationToken ct)
    {
        var (chosen, leftOut) = (ImmutableArray.CreateBuilder<Incident>(), ImmutableArray.CreateBuilder<(string, string)>());
        foreach (var text in ids)
        {
            var id = IncidentId.TryParse(text, out var parsed)
                ? parsed
                : throw new UsageException($"'{text}' is not an incident id; one looks like 01AB-CD2E-3F4G. Nothing was done.");
            if (chosen.Any(i => i.Id == id.Value))
            {
                continue;
            }

            if (await journal.FindAsync(id, ct) is not { } incident)
            {
                leftOut.Add((id.Value, "It is not in this journal."));
            }
            else if (Operator.Objection(command, incident) is { } why)
            {
                leftOut.Add((id.Value, why));
            }
            else
            {
                chosen.Add(incident);
            }
        }

        return new(chosen.ToImmutable(), leftOut.ToImmutable(), 0);
    }

    private static Selection Ordered(OperatorCommand command, Selection selection) => command.Verb is OperatorVerb.Undo
        ? selection with { Chosen = [.. selection.Chosen.OrderByDescending(IncidentFilter.TimeOf)] }
        : selection;
}
