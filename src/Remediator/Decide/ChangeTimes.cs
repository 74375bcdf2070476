using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Decide;

/// <summary>A time in which nothing is changed: once, or every week.</summary>
internal sealed record Freeze(Match Match, string Reason)
{
    /// <summary>Where it stands in the file.</summary>
    public Place At { get; init; }

    public DateTimeOffset From { get; init; }

    public DateTimeOffset Until { get; init; }

    /// <summary>The times of one that comes again; none of one that comes once.</summary>
    public ImmutableArray<OpenTime> Weekly { get; init; } = [];

    /// <summary>When it ends, if it holds now.</summary>
    public DateTimeOffset? Ends(DateTimeOffset now) => Weekly.IsEmpty
        ? From <= now && now < Until ? Until : null
        : Weekly.Where(w => w.Contains(now)).Select(w => (DateTimeOffset?)w.Ends(now)).Max();
}

/// <summary>The only times in which something is changed.</summary>
internal sealed record ChangeWindow(Match Match, ImmutableArray<OpenTime> Open)
{
    /// <summary>Where it stands in the file.</summary>
    public Place At { get; init; }
}

/// <summary>Why nothing is changed now, until when, and which line of the policy says so.</summary>
internal sealed record Wait(string Why, DateTimeOffset Until, Place At)
{
    /// <summary>
    /// What a subject has to wait for: a freeze, of several the one that ends last; else a window, of several the one that opens first.
    /// </summary>
    public static Wait? For(Policy policy, Subject subject, DateTimeOffset now)
    {
        var frozen = policy.Freezes
            .Where(f => f.Match.Matches(subject) && f.Ends(now) is not null)
            .Select(f => (Freeze: f, Until: f.Ends(now)!.Value))
            .OrderByDescending(f => f.Until)
            .FirstOrDefault();
        return frozen.Freeze is { } freeze
            ? new($"Changes are frozen until {frozen.Until:u}: {freeze.Reason}", frozen.Until, freeze.At)
            : Closed([.. policy.Windows.Where(w => w.Match.Matches(subject))], now);
    }

    private static Wait? Closed(ImmutableArray<ChangeWindow> windows, DateTimeOffset now)
    {
        if (windows.IsEmpty || windows.Any(w => w.Open.Any(o => o.Contains(now))))
        {
            return null;
        }

        var (window, next) = windows.SelectMany(w => w.Open.Select(o => (Window: w, Begins: o.Begins(now)))).MinBy(x => x.Begins);
        var times = string.Join(", ", windows.SelectMany(w => w.Open).Select(o => o.ToString()).Distinct());
        return new($"Such a change is made in its window only ({times}). It opens at {next:u}.", next, window.At);
    }
}
