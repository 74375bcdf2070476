using System.Collections.Immutable;
using Remediator.Incidents;

namespace Remediator.Learn;

/// <summary>
/// An incident looked back at: what happened when, what was behind it, what was done, and what would prevent it. It reads nothing.
/// </summary>
internal sealed record Review(Incident Incident, ImmutableArray<Moment> Timeline, ImmutableArray<string> Prevents)
{
    public Digest Digest { get; } = Digest.Of(Incident);

    /// <summary>From the first event to its end, or to what was last done.</summary>
    public TimeSpan Took => Timeline is [var first, .., var last] ? last.At - first.At : TimeSpan.Zero;

    /// <summary>What or who is behind it, in sentences; empty where nobody knows.</summary>
    public ImmutableArray<string> Causes =>
    [
        .. new[]
        {
            Digest.Principal is { } who ? Incident.Change?.Recorded?.ChangedBy ?? $"Last changed by {who}." : "",
            Incident.Change?.Owner?.Says ?? (Digest.Stack is { } stack ? Attributed.Stack(stack) : ""),
            Digest.Course.Reverts > 0 || Digest.Course.IsRevert ? "A fix of it did not last." : "",
        }.Where(sentence => sentence.Length > 0),
    ];

    public static Review Of(Incident incident) => new(incident, [.. Moments(incident)], [.. Prevention.Of(incident)]);

    private static IEnumerable<Moment> Moments(Incident i)
    {
        var before = i.Origin.OrderedAt ?? i.OpenedAt;
        foreach (var (at, what) in Lines(i).OrderBy(l => l.At))
        {
            yield return new(at, what, at > before ? at - before : TimeSpan.Zero);
            before = at;
        }
    }

    private static IEnumerable<(DateTimeOffset At, string What)> Lines(Incident i)
    {
        if (i.Origin.OrderedAt is { } judged && judged <= i.OpenedAt)
        {
            yield return (judged, "AWS Config judged it");
        }

        yield return (i.OpenedAt, $"the incident was opened: {i.Origin.Annotation ?? $"it does not meet {i.Rule.Name}"}");
        if (i.Shown is { } evidence)
        {
            yield return (evidence.At, $"what is known was read, for whoever {(i.Telling.Help is null ? "is asked" : "does it by hand")}");
        }

        foreach (var entry in i.Entries)
        {
            yield return (entry.At, entry.What);
        }
    }
}

/// <summary>A line of the timeline.</summary>
/// <param name="After">How long after the line before it.</param>
internal sealed record Moment(DateTimeOffset At, string What, TimeSpan After);
