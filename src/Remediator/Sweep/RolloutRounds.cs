using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Record;

namespace Remediator.Sweep;

/// <summary>
/// Lets the rising rollouts of the policy rise, each after a look at what became of its changes, or holds them and tells their owners,
/// once. Nothing else raises a share: while no sweep runs, or it cannot see what became of the changes, every share stays as it is.
/// </summary>
internal sealed class RolloutRounds(IJournal journal, KnownOrders orders, Policy policy, Escalator escalator, TimeProvider clock)
{
    private readonly ImmutableArray<PolicyRollout> _wanted = PolicyRollout.Of(policy);

    public async Task GoRoundAsync(CancellationToken ct)
    {
        var book = await journal.RolloutsAsync(ct);
        if (book.Unbelieved is { } why)
        {
            throw new UnsealedItemException(
                $"How far the rollouts are is not known, and no resource is of a rising share: {why}. Find out who did, then delete the "
                + "item control#rollouts of the journal: they begin anew.");
        }

        // What the policy no longer says is over: where it is said again, it begins anew.
        var next = ImmutableArray.CreateBuilder<RolloutState>();
        foreach (var rollout in _wanted)
        {
            next.Add(await NextAsync(rollout, book.Find(rollout.Id), ct));
        }

        var isSame = next.Count == book.Items.Length && next.Zip(book.Items).All(pair => ReferenceEquals(pair.First, pair.Second));
        if (isSame || await journal.WriteRolloutsAsync(next.ToImmutable(), book, ct))
        {
            await TellAsync(isSame ? book : new(book.Version + 1, next.ToImmutable()), ct);
        }
    }

    private async Task<RolloutState> NextAsync(PolicyRollout rollout, RolloutState? state, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (state is null)
        {
            return Begun(rollout, now);
        }

        if (state.Held is not null || state.Share >= rollout.Ramp.To)
        {
            return state;
        }

        var evidence = await RolloutEvidence.ReadAsync(journal, rollout.Id, ct);
        if (evidence.Why(rollout.Ramp.HoldIf.Why, state.Seen) is { } why)
        {
            return (state with { Held = new(now, why) }).Noted(EntryKind.Escalated, $"held at {state.Share}%: {why}", now);
        }

        var share = rollout.Ramp.ShareAt(state.From, state.Since, now);
        return share == state.Share ? state
            : await StandsStillAsync(rollout, ct) ? state.RisingFrom(now)
            : state with { Share = share };
    }

    /// <summary>Where nothing may be changed, time teaches nothing: it does not count.</summary>
    private async Task<bool> StandsStillAsync(PolicyRollout rollout, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return policy.Freezes.Any(f => f.Ends(now) is not null && MatchOverlap.May(f.Match, rollout.Match))
            || (await orders.NowAsync(ct)).Items.Any(
                o => o.Kind is not OrderKind.Exempt && o.IsInForce(now) && IsAbout(o.Match, rollout.Match))
            || await journal.WhyStoppedAsync(ct) is not null;
    }

    /// <summary>A hold of single resources, accounts or regions leaves the others to learn from.</summary>
    private static bool IsAbout(OrderMatch order, Match match) => order is { Rule: { } rule, Resource: null, Account: null, Region: null }
        && (MatchOverlap.May(new() { Rules = [rule] }, match) || MatchOverlap.May(new() { RuleNames = [rule] }, match))
        && (!match.Rules.IsEmpty || !match.RuleNames.IsEmpty || match.InSets is not null);

    private static RolloutState Begun(PolicyRollout rollout, DateTimeOffset now) => new RolloutState
    {
        Id = rollout.Id,
        About = rollout.About,
        Owner = rollout.Owner,
        BegunAt = now,
        Share = rollout.Ramp.Start,
        From = rollout.Ramp.Start,
        Since = now,
    }.Noted(EntryKind.Noted, $"began with {rollout.Ramp.Start}%", now);

    /// <summary>That they are held is durable before it is told; what could not be told is in the next pass.</summary>
    private async Task TellAsync(RolloutBook book, CancellationToken ct)
    {
        foreach (var held in book.Items.Where(r => r.Held is { IsTold: false }))
        {
            if (!await escalator.TellAsync(ServiceNotice.OfHeldRollout(held), ct))
            {
                continue;
            }

            var told = held with { Held = held.Held! with { IsTold = true } };
            if (!await journal.WriteRolloutsAsync(book.Items.Replace(held, told), book, ct))
            {
                return;
            }

            book = new(book.Version + 1, book.Items.Replace(held, told));
        }
    }
}
