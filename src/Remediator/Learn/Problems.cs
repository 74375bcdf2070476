using System.Collections.Immutable;
using Remediator.Incidents;

namespace Remediator.Learn;

/// <summary>
/// Groups incidents by cause. It reads nothing. Each incident is in one problem at most, in the first of these that it fits: a permission
/// that AWS refuses (it has to be given, whatever else), a rule that is new, a stack, a principal.
/// </summary>
/// <param name="Least">Fewer are a coincidence.</param>
/// <param name="Within">What one stack or principal did is one thing as long as no longer pause lies between.</param>
internal sealed record Problems(int Least, TimeSpan Within)
{
    public static Problems Default { get; } = new(3, TimeSpan.FromHours(6));

    /// <summary>A rule finds what was there before it within a day, periodic ones too.</summary>
    private static readonly TimeSpan Rollout = TimeSpan.FromDays(1);

    /// <param name="digests">All that is known: open ones and those that ended lately.</param>
    /// <param name="since">How far back ended ones are known: a rule that was seen first soon after that may be older.</param>
    public ImmutableArray<Problem> Of(IReadOnlyCollection<Digest> digests, DateTimeOffset since)
    {
        var (found, left) = (new List<Problem>(), digests.OrderBy(d => d.OpenedAt).ThenBy(d => d.Id, StringComparer.Ordinal).ToList());
        Take(found, ref left, ProblemKind.Permission, d => d is { IsOpen: true, Refused: not null }, ProblemCause.Permission, g => [g]);
        Take(found, ref left, ProblemKind.Rollout, _ => true, d => d.Rule, g => RolloutOf(g, digests, since));
        Take(found, ref left, ProblemKind.Stack, d => d.Stack is not null, ProblemCause.StackOf, Bursts);
        Take(found, ref left, ProblemKind.Principal, d => d.Principal is not null, d => Attributed.Role(d.Principal!), Bursts);
        return
        [
            .. found.OrderByDescending(p => p.Open).ThenByDescending(p => p.Incidents.Length).ThenBy(p => p.Name, StringComparer.Ordinal),
        ];
    }

    private void Take(
        List<Problem> found,
        ref List<Digest> left,
        ProblemKind kind,
        Func<Digest, bool> may,
        Func<Digest, string> name,
        Func<List<Digest>, IEnumerable<List<Digest>>> parts)
    {
        var taken = left.Where(may)
            .GroupBy(name, StringComparer.Ordinal)
            .SelectMany(g => parts([.. g]).Select(part => new Problem(kind, g.Key, [.. part])))
            .Where(p => p.Incidents.Select(d => d.Key).Distinct().Count() >= Least)
            .ToList();
        var ids = taken.SelectMany(p => p.Incidents).Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        left = [.. left.Where(d => !ids.Contains(d.Id))];
        found.AddRange(taken);
    }

    /// <summary>
    /// What a rule finds on its first day, where Config had no result before, unless one stack or principal is behind most of it: then that
    /// is the news, and not the rule.
    /// </summary>
    private static IEnumerable<List<Digest>> RolloutOf(List<Digest> ofRule, IReadOnlyCollection<Digest> all, DateTimeOffset since)
    {
        var first = all.Where(d => d.Rule == ofRule[0].Rule).Min(d => d.OpenedAt);
        var early = ofRule.Where(d => d.IsFirst && d.OpenedAt < first + Rollout).ToList();
        return first >= since + Rollout && early.Count > 0 && !IsMostlyOf(early, d => d.Stack) && !IsMostlyOf(early, d => d.Principal)
            ? [early]
            : [];
    }

    private static bool IsMostlyOf(List<Digest> digests, Func<Digest, string?> of) =>
        digests.Where(d => of(d) is not null).GroupBy(of).Any(g => g.Count() * 2 > digests.Count);

    private IEnumerable<List<Digest>> Bursts(List<Digest> digests)
    {
        var burst = new List<Digest>();
        foreach (var digest in digests)
        {
            if (burst.Count > 0 && digest.OpenedAt - burst[^1].OpenedAt > Within)
            {
                yield return burst;
                burst = [];
            }

            burst.Add(digest);
        }

        yield return burst;
    }
}
