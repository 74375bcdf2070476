using Remediator.Cli.Output;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Record;

namespace Remediator.Cli.Learn;

/// <summary>How changes of a rule fared, and which mode that speaks for. It only ever suggests: what a person lowered stays.</summary>
/// <param name="Words">Empty where nobody had anything against them.</param>
/// <param name="Mode">Null where experience speaks for none.</param>
internal sealed record Suggestion(string Rule, string Words, Mode? Mode, string Why)
{
    public string Says => Mode is { } mode ? $"mode {mode.Name()}: {Why}" : "";

    public static async Task<Suggestion> OfAsync(Terminal at, Policy policy, string rule, string identifier, CancellationToken ct)
    {
        var foundation = at.Outside.Connect(new CliSettings(at.Outside).ForJournal());
        await Unsealed.WarnAsync(at, foundation, ct);
        return await OfAsync(foundation.Journal, policy, rule, identifier, at.Outside.Clock.GetUtcNow(), ct);
    }

    public static async Task<Suggestion> OfAsync(
        IJournal journal, Policy policy, string rule, string identifier, DateTimeOffset now, CancellationToken ct)
    {
        var changed = await journal.ChangedAsync(rule, Lessons.MostChanges, ct);
        var lesson = Lesson.Of(rule, [.. changed.Items])
            .With(policy, await journal.OrdersAsync(OrderBook.Empty, ct), identifier, now)
            .With(policy, await journal.RolloutsAsync(ct), identifier);
        return lesson.Suggests(policy, identifier) is var (mode, why)
            ? new(rule, lesson.Words, mode, why)
            : new(rule, lesson.Words, null, "");
    }
}
