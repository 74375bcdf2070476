using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Output;

/// <summary>Rising rollouts as people and programs read them.</summary>
internal static class RolloutText
{
    /// <param name="at">Where to.</param>
    /// <param name="book">How far they are.</param>
    /// <param name="ahead">Those of the policy that the sweep has not begun.</param>
    public static void Show(Terminal at, RolloutBook book, ImmutableArray<PolicyRollout> ahead)
    {
        foreach (var rollout in book.Items)
        {
            at.Screen.Line($"{rollout.Id}  {Says(rollout)}", rollout.Held is null ? Tone.Heading : Tone.Warning);
            at.Screen.Paragraph($"  {PlainText.Line(rollout.About, 600)}");
        }

        foreach (var rollout in ahead)
        {
            at.Screen.Line($"{rollout.Id}  {rollout.Ramp.Start}%, begins to rise with the next sweep of its deployment", Tone.Heading);
            at.Screen.Paragraph($"  {PlainText.Line(rollout.About, 600)}");
        }

        if (book.Unbelieved is { } why)
        {
            at.Screen.Paragraph(
                $"How far the rollouts are is not known, and no resource is of a rising share: {why}. Find out who did, then delete the "
                + "item control#rollouts of the journal: they begin anew.",
                Tone.Bad);
        }
        else if (book.Items.IsEmpty && ahead.IsEmpty)
        {
            at.Screen.Line("No rollout rises by itself: the policy says none, as in 'rollout: {start: 5%, over: 14d}'.");
        }

        at.Json(w =>
        {
            w.List("rollouts", book.Items, rollout =>
            {
                w.WriteString("id", rollout.Id);
                w.WriteString("about", rollout.About);
                w.WriteString("owner", rollout.Owner);
                w.WriteNumber("share", rollout.Share);
                w.WriteString("begunAt", rollout.BegunAt);
                if (rollout.Held is { } held)
                {
                    w.WriteString("heldAt", held.At);
                    w.WriteString("heldWhy", held.Why);
                }

                w.List("history", rollout.Entries, entry =>
                {
                    w.WriteString("at", entry.At);
                    w.WriteString("what", entry.What);
                });
            });
            w.List("ahead", ahead, rollout =>
            {
                w.WriteString("id", rollout.Id);
                w.WriteString("about", rollout.About);
            });
            w.WriteString("unbelieved", book.Unbelieved);
        });
    }

    /// <summary>The share in force, since when, and why it does not rise.</summary>
    public static string Says(RolloutState rollout) =>
        $"{rollout.Share}%, begun {rollout.BegunAt:yyyy-MM-dd HH:mm}Z"
        + (rollout.Held is { } held ? $", held since {held.At:yyyy-MM-dd HH:mm}Z: {PlainText.Line(held.Why, 600)}" : "");
}
