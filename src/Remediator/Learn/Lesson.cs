using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Learn;

/// <summary>How changes of a rule fared with people: how many were undone and why, how many were agreed to.</summary>
internal sealed record Lesson(string Rule, int Changes, int Undone, ImmutableArray<(string Why, int Count)> Reasons)
{
    private const int LongestReason = 120;

    /// <summary>So few changes teach nothing.</summary>
    private const int Least = 3;

    /// <summary>So many that were agreed to, and none undone, speak for asking no more.</summary>
    private const int LeastToRaise = 10;

    /// <summary>How many of the changes people were asked about, and agreed to.</summary>
    public int Approved { get; init; }

    /// <summary>Reasons of exemptions for the rule, in the policy or by command.</summary>
    public ImmutableArray<string> Exempt { get; init; } = [];

    /// <summary>A person holds the rule, pauses it, or holds a rollout that may be about it.</summary>
    public bool IsKept { get; init; }

    /// <summary>What is to be known of earlier changes, in a sentence; empty where people had nothing against them.</summary>
    public string Words => string.Join("; ", new[]
    {
        Undone == 0 ? "" : $"undone {Undone} of {Changes} times{Mostly(Reasons, Undone)}",
        Exempt.Length switch
        {
            0 => "",
            1 => $"exempt in one place: {Exempt[0]}",
            var n => $"exempt in {n} places{Mostly(Counted(Exempt), n)}",
        },
    }.Where(part => part.Length > 0));

    /// <param name="changed">Incidents of one rule that have, or had, a change of ours.</param>
    public static Lesson Of(string rule, IReadOnlyCollection<Digest> changed) => new(
        rule,
        changed.Count,
        changed.Count(d => d.Course.Undone > 0),
        Counted(changed.Where(d => d.Course.Undone > 0).Select(d => d.Course.UndoneWhy ?? "")))
    {
        Approved = changed.Count(d => d.Course.IsApproved),
    };

    /// <summary>Of the rules whose changes were undone, those that were so most first.</summary>
    public static ImmutableArray<Lesson> OfAll(IEnumerable<Digest> digests) =>
    [
        .. digests
            .Where(d => d.Course is { Fixes: > 0 } or { Undone: > 0 })
            .GroupBy(d => d.Rule, StringComparer.Ordinal)
            .Select(g => Of(g.Key, [.. g]))
            .Where(l => l.Undone > 0)
            .OrderByDescending(l => l.Undone)
            .ThenBy(l => l.Rule, StringComparer.Ordinal),
    ];

    /// <summary>The same lesson with what people say: why the rule is exempt, and whether they keep it back by command.</summary>
    public Lesson With(Policy policy, OrderBook orders, string identifier, DateTimeOffset now)
    {
        var said = orders.Items
            .Where(o => o.IsInForce(now) && Orders.Names(o.Match, Rule, identifier))
            .ToLookup(o => o.Kind is OrderKind.Exempt);
        return this with
        {
            Exempt =
            [
                .. policy.Exemptions
                    .Where(e => e.Until > now && (!e.Match.Rules.IsEmpty || !e.Match.RuleNames.IsEmpty) && MayCover(e.Match, identifier))
                    .Select(e => e.Reason),
                .. said[true].Select(o => o.Why),
            ],
            IsKept = IsKept || said[false].Any(),
        };
    }

    /// <summary>The same lesson, knowing which rollouts are held.</summary>
    public Lesson With(Policy policy, RolloutBook rollouts, string identifier) => this with
    {
        IsKept = IsKept || rollouts.Unbelieved is not null
            || PolicyRollout.Of(policy).Any(r => rollouts.Find(r.Id)?.Held is not null && MayCover(r.Match, identifier)),
    };

    /// <summary>
    /// The mode that experience speaks for, and why; null where it speaks for none. It never raises what an entry of the policy says.
    /// </summary>
    public (Mode Mode, string Why)? Suggests(Policy policy, string identifier)
    {
        if (Changes >= Least && Undone * 3 >= Changes * 2)
        {
            return (Mode.Observe, Words);
        }

        if (Changes >= Least && Undone * 4 >= Changes)
        {
            return (Mode.Approve, Words);
        }

        var isLowered = policy.Rules.Any(e => e.Mode is Mode.Observe or Mode.Approve && MayCover(e.Match, identifier));
        return Approved >= LeastToRaise && Undone == 0 && Approved == Changes && !isLowered && !IsKept && Exempt.IsEmpty
            ? (Mode.Auto, $"agreed to {Approved} of {Changes} times, undone never")
            : null;
    }

    /// <summary>Whether a line of the policy may be about the rule, by the words that name rules.</summary>
    private bool MayCover(Match match, string identifier) =>
        (match.Rules.IsEmpty || match.Rules.Any(p => Wildcard.Like(p, identifier)))
        && (match.RuleNames.IsEmpty || match.RuleNames.Any(p => Wildcard.Like(p, Rule)))
        && (match.InSets is null || match.InSets.Contains(identifier));

    private static string Mostly(ImmutableArray<(string Why, int Count)> reasons, int of) => reasons is not [var first, ..] ? ""
        : first.Count * 2 > of ? $", mostly: {first.Why}"
        : $", for example: {first.Why}";

    /// <summary>Equal but for case, spaces and the full stop, the most frequent first.</summary>
    private static ImmutableArray<(string Why, int Count)> Counted(IEnumerable<string> reasons) =>
    [
        .. reasons
            .Select(r => PlainText.Line(r, LongestReason).Trim().TrimEnd('.'))
            .Where(r => r.Length > 0)
            .GroupBy(r => r, StringComparer.OrdinalIgnoreCase)
            .Select(g => (g.First(), g.Count()))
            .OrderByDescending(r => r.Item2)
            .ThenBy(r => r.Item1, StringComparer.Ordinal),
    ];
}
