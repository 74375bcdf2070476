using System.Collections.Immutable;
using Remediator.Incidents;

namespace Remediator.Learn;

/// <summary>By what the lines of a report are.</summary>
internal enum Grouping
{
    Team,
    Rule,
    Account,
    Cause,
    Playbook,
}

/// <summary>What became of the incidents that were opened in a time, added up. It reads nothing.</summary>
internal sealed record Report
{
    public const string Unknown = "(not known)";
    private const int MostRecurring = 20;
    private const int MostBars = 60;

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset Until { get; init; }

    public required Grouping By { get; init; }

    public required int MinutesPerChange { get; init; }

    public required Tally Total { get; init; }

    public required ImmutableArray<(string Name, Tally Tally)> Lines { get; init; }

    /// <summary>By day, or where that is too many, by week: when each begins, and its sum.</summary>
    public required ImmutableArray<(DateOnly From, Tally Tally)> Trend { get; init; }

    public required ImmutableArray<Recurring> Recurring { get; init; }

    /// <summary>Stacks and principals behind the incidents, the most frequent first.</summary>
    public required ImmutableArray<(string Name, int Incidents, int Reverts)> Causes { get; init; }

    public required ImmutableArray<Lesson> Lessons { get; init; }

    /// <summary>How far the shares are that rise by themselves, as of now.</summary>
    public ImmutableArray<RolloutState> Rollouts { get; init; } = [];

    /// <summary>Items of the aggregate that somebody else wrote or changed: in no figure.</summary>
    public int Unbelieved { get; init; }

    public double HoursSaved => Total.HoursSaved(MinutesPerChange);

    public string Rule => $"hours saved: {MinutesPerChange} minutes for each fix that nobody undid";

    public static Report Of(
        IReadOnlyCollection<Digest> digests, DateTimeOffset since, DateTimeOffset until, Grouping by, int minutesPerChange) => new()
        {
            Since = since,
            Until = until,
            By = by,
            MinutesPerChange = minutesPerChange,
            Total = Tally.Of(digests),
            Lines =
            [
                .. digests
                    .GroupBy(d => NameOf(d, by), StringComparer.Ordinal)
                    .Select(g => (g.Key, Tally.Of([.. g])))
                    .OrderByDescending(g => g.Item2.Incidents)
                    .ThenBy(g => g.Key, StringComparer.Ordinal),
            ],
            Trend = TrendOf(digests, since, until),
            Recurring = [.. RecurringOf(digests).Take(MostRecurring)],
            Causes =
            [
                .. digests
                    .Where(d => d.Cause is not null)
                    .GroupBy(d => d.Cause!, StringComparer.Ordinal)
                    .Select(g => (g.Key, g.Count(), Tally.Of([.. g]).Reverts))
                    .OrderByDescending(g => g.Item2)
                    .ThenBy(g => g.Key, StringComparer.Ordinal)
                    .Take(MostRecurring),
            ],
            Lessons = Lesson.OfAll(digests),
        };

    public static string NameOf(Digest d, Grouping by) => by switch
    {
        Grouping.Team => Or(d.Team),
        Grouping.Rule => d.Rule,
        Grouping.Account => d.Account,
        Grouping.Cause => d.Cause ?? Unknown,
        _ => Or(d.Playbook),
    };

    private static string Or(string name) => name.Length > 0 ? name : "(none)";

    private static IEnumerable<Recurring> RecurringOf(IEnumerable<Digest> digests) =>
        from d in digests
        group d by d.Key into same
        let all = same.OrderBy(d => d.OpenedAt).ToImmutableArray()
        let again = all.Length - 1 + all.Sum(d => d.Course.Reverts)
        where again > 0
        orderby again descending, all[^1].OpenedAt descending, all[^1].Id
        select new Recurring(all[^1], again, all.Select(d => d.Cause).LastOrDefault(c => c is not null));

    private static ImmutableArray<(DateOnly From, Tally Tally)> TrendOf(
        IReadOnlyCollection<Digest> digests, DateTimeOffset since, DateTimeOffset until)
    {
        // What is asked for may begin long before there was anything.
        var began = digests.Count == 0 ? since : digests.Min(d => d.OpenedAt);
        var (first, last) = (DayOf(began > since ? began : since), DayOf(until));
        var step = last.DayNumber - first.DayNumber < MostBars ? 1 : 7;
        var byBar = digests.ToLookup(d => (DayOf(d.OpenedAt).DayNumber - first.DayNumber) / step);
        return
        [
            .. Enumerable.Range(0, (Math.Max(0, last.DayNumber - first.DayNumber) / step) + 1)
                .Select(bar => (first.AddDays(bar * step), Tally.Of([.. byBar[bar]]))),
        ];
    }

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}

/// <summary>A rule that found the same resource wrong again.</summary>
/// <param name="Last">The newest incident.</param>
/// <param name="Again">How often after the first time.</param>
/// <param name="Cause">Who or what is behind it; null where that is not known.</param>
internal sealed record Recurring(Digest Last, int Again, string? Cause);
