using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Decide;

/// <summary>A word that counts, and the line of the policy that says it.</summary>
/// <param name="From">The line; what else it is from where no line is.</param>
internal sealed record ExplainedWord(string Name, string Value, string From);

/// <summary>An entry that was tried.</summary>
/// <param name="Against">The words of its match that do not hold; none where it holds.</param>
/// <param name="Counts">The words that count from it.</param>
internal sealed record TriedEntry(Place At, ImmutableArray<string> Against, ImmutableArray<string> Counts);

/// <summary>What the policy comes to for a finding, and why.</summary>
/// <param name="Outcome">What would be done, in a sentence.</param>
internal sealed record Explanation(string Outcome, Mode Mode, ImmutableArray<ExplainedWord> Words, ImmutableArray<TriedEntry> Entries)
{
    public Exemption? Exemption { get; init; }

    /// <summary>The order of a person that is about it; null where none is, or they are not known.</summary>
    public StandingOrder? Order { get; init; }

    public Wait? Wait { get; init; }

    /// <summary>The resource's place among a hundred; it is changed where that is below the share.</summary>
    public int Place { get; init; }

    /// <summary>The share in force, in percent.</summary>
    public int Share { get; init; } = 100;

    /// <summary>How far the rising rollout is that decides; null where none does, or it has not begun.</summary>
    public RolloutState? Rising { get; init; }

    /// <summary>Null where none answers; the outcome says why.</summary>
    public PlaybooksUsed? Playbooks { get; init; }
}

/// <summary>Says which entry gave which word, and what else has its say, by the same means by which it is decided.</summary>
internal sealed class Explainer(
    Policy policy, PlaybookLibrary playbooks, TimeProvider clock, OrderBook? orders = null, RolloutBook? rollouts = null)
{
    public Explanation Of(Subject subject, ConfigRule rule)
    {
        var now = clock.GetUtcNow();
        var choice = new PlaybookChoice(playbooks, policy.Rollback).Choose(policy.For(subject), rule, subject.Resource.Type);
        subject = subject with { Used = (choice as Choice.One)?.Used };
        var whole = policy.For(subject);
        var words = Words(whole, subject);
        var (exemption, wait) = (policy.ExemptionOf(subject, now), Wait.For(policy, subject, now));
        var book = rollouts ?? RolloutBook.Empty;
        var share = Rollout.ShareOf(whole, book);
        var order = orders is null ? null : Orders.About(orders, subject, now);
        var (mode, outcome) = order is not null
            ? Ordered(order, whole)
            : Outcome(Rollout.Of(whole, subject.Resource, book), choice, exemption, wait);
        return new(outcome, mode, words, [.. policy.Rules.Select(e => new TriedEntry(
            e.At, [.. Mismatch.Of(e.Match, subject)], [.. words.Where(w => w.From == $"{e.At}").Select(w => w.Name)]))])
        {
            Exemption = exemption,
            Order = order,
            Wait = wait,
            Place = Rollout.PlaceOf(subject.Resource),
            Share = share,
            Rising = whole.Rollout?.Ramp is null ? null : book.Find(Rollout.IdOf(whole)),
            Playbooks = subject.Used,
        };
    }

    private static (Mode Mode, string Outcome) Ordered(StandingOrder order, PolicyEntry whole) => order.Kind is OrderKind.Pause
        ? (Mode.Observe, $"The plan is recorded, and nothing is changed: {order.Says}.")
        : (whole.Mode ?? Mode.Observe, $"Left alone: {order.Says}.");

    private static (Mode Mode, string Outcome) Outcome(PolicyEntry entry, Choice choice, Exemption? exemption, Wait? wait)
    {
        var mode = entry.Mode ?? Mode.Observe;
        if (exemption is not null)
        {
            return (mode, $"Left alone: exempt until {exemption.Until:yyyy-MM-dd}, {exemption.Reason}.");
        }

        if (Why(choice, entry) is { } why)
        {
            return (mode, mode is Mode.Observe ? $"Recorded: {why}" : $"A person is called: {why}");
        }

        return mode is Mode.Observe
            ? (
                mode,
                $"The plan is recorded, and nothing is "
                + $"changed{(entry.LeftOut is { } share ? $": the resource is not of the share of {share}%" : "")}."
            )
            : Changing(entry, (Choice.One)choice, wait);
    }

    private static (Mode Mode, string Outcome) Changing(PolicyEntry entry, Choice.One one, Wait? wait)
    {
        if (wait is not null)
        {
            return (entry.Mode!.Value, $"It waits. {wait.Why}");
        }

        return entry.Mode is Mode.Approve ? (Mode.Approve, "A person is asked first: the policy says so.")
            : entry.AutoUpTo is { } limit && !limit.Allows(one.Used.Impact)
                ? (Mode.Approve, $"A person is asked first. {Impacts.Says(one.Used.Impact)} The policy lets only {limit} happen unasked.")
            : entry.WarnBefore is { Ticks: > 0 } time
                ? (Mode.Auto, $"It is announced, and unless somebody objects, changed {time.TotalHours:0.##} hours later.")
            : (Mode.Auto, "It is changed, proven and recorded.");
    }

    /// <summary>Why nothing can be planned; null where something can.</summary>
    private static string? Why(Choice choice, PolicyEntry entry) =>
        (choice as Choice.None)?.Why ?? (choice as Choice.One)?.NotFilledIn(entry);

    private ImmutableArray<ExplainedWord> Words(PolicyEntry whole, Subject subject)
    {
        var account = policy.AccountOf(subject.Resource.Account);
        (Place At, HashSet<string> Says)[] said =
        [
            .. policy
                .Matching(subject)
                .Select(e => (e.At, EntryWords.Of(e.Of(account, null)).Select(w => w.Key).ToHashSet(StringComparer.Ordinal))),
        ];
        return
        [
            .. EntryWords
                .Of(whole)
                .Where(w => w.Value.Length > 0)
                .Select(w => new ExplainedWord(
                    w.Key,
                    w.Value,
                    Array.Find(said, s => s.Says.Contains(w.Key)) is { Says: not null } entry ? $"{entry.At}" : Below(w.Key, account))),
        ];
    }

    private static string Below(string word, Account account) =>
        (word is "owner" && account.Team is not null) || (word is "environment" && account.Environment is not null)
            ? $"{account.At}"
            : "defaults";
}
