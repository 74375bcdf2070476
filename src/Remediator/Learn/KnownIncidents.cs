using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Learn;

/// <summary>All incidents that were opened since a time, in short: ended ones from the aggregate, open ones as they are.</summary>
/// <param name="Digests">Each incident once; one that ended and was taken up again is open.</param>
/// <param name="Unbelieved">Items of the aggregate that somebody else wrote or changed.</param>
/// <param name="Unreadable">Open incidents that cannot be read.</param>
internal sealed record KnownIncidents(IReadOnlyList<Digest> Digests, int Unbelieved, IReadOnlyList<string> Unreadable)
{
    /// <param name="older">Whether open ones that were opened before count too.</param>
    public static async Task<KnownIncidents> ReadAsync(IJournal journal, DateTimeOffset since, bool older, CancellationToken ct)
    {
        var ended = await journal.EndedAsync(since, ct);
        var open = new Dictionary<string, Digest>(StringComparer.Ordinal);
        IReadOnlyList<string> unreadable = [];
        try
        {
            await foreach (var incident in journal.OpenAsync(ct))
            {
                open[incident.Id] = Digest.Of(incident);
            }
        }
        catch (UnreadableIncidentException e)
        {
            unreadable = e.Incidents;
        }

        return new(
            [
                .. ended.Items.Where(d => !open.ContainsKey(d.Id)),
                .. open.Values.Where(d => older || d.OpenedAt >= since).OrderBy(d => d.Id, StringComparer.Ordinal),
            ],
            ended.Unbelieved,
            unreadable);
    }
}
