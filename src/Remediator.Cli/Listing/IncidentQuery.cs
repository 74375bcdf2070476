using System.Collections.Immutable;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Cli.Listing;

/// <summary>Finds in the journal what a filter means.</summary>
internal sealed class IncidentQuery(IJournal journal)
{
    /// <summary>
    /// Open ones where the filter names no state; those that wait for people first, then the most urgent, then the newest.
    /// </summary>
    public async Task<Found> RunAsync(IncidentFilter filter, CancellationToken ct)
    {
        var unreadable = new List<UnreadableIncidentException>();
        var open = await ReadAsync(journal.OpenAsync(ct), unreadable);
        var closed = filter.States is { } states && states.Contains(IncidentState.Closed)
            ? await ReadAsync(journal.ClosedAsync(filter.Since ?? DateTimeOffset.MinValue, ct), unreadable)
            : [];

        // One that was closed and taken up again is open.
        var ids = open.Select(i => i.Id).ToHashSet(StringComparer.Ordinal);
        var found = open.Concat(closed.Where(i => !ids.Contains(i.Id))).Where(filter.Matches);
        return new(
            [
                .. found
                    .OrderBy(i => IncidentWords.NeedsPerson(i) ? 0 : 1)
                    .ThenBy(i => i.Terms.Severity)
                    .ThenByDescending(i => i.OpenedAt)
                    .ThenBy(i => i.Id, StringComparer.Ordinal),
            ],
            open.Count,
            [.. unreadable]);
    }

    /// <summary>What cannot be read comes after all that can.</summary>
    private static async Task<List<Incident>> ReadAsync(IAsyncEnumerable<Incident> from, List<UnreadableIncidentException> unreadable)
    {
        var incidents = new List<Incident>();
        try
        {
            await foreach (var incident in from)
            {
                incidents.Add(incident);
            }
        }
        catch (UnreadableIncidentException e)
        {
            unreadable.Add(e);
        }

        return incidents;
    }
}

/// <param name="Incidents">Those that match.</param>
/// <param name="Open">How many are open in all.</param>
/// <param name="Unreadable">What cannot be read.</param>
internal sealed record Found(ImmutableArray<Incident> Incidents, int Open, ImmutableArray<UnreadableIncidentException> Unreadable)
{
    public IEnumerable<string> UnreadableNames => Unreadable.SelectMany(u => u.Incidents).Distinct();
}
