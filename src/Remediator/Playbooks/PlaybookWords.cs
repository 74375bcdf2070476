using System.Collections.Immutable;

namespace Remediator.Playbooks;

/// <summary>A playbook's texts for people who have to decide about it.</summary>
/// <param name="Summary">What it does.</param>
/// <param name="Impact">What it may cost the people who use the resource.</param>
/// <param name="UndoNote">What an undo restores, and what it does not.</param>
/// <param name="Manual">What a person does by hand.</param>
internal sealed record PlaybookWords(string Summary, string Impact, string UndoNote, string Manual)
{
    /// <summary>The steps before which people who agreed are asked again.</summary>
    public ImmutableArray<AskedStep> AskedAgain { get; init; } = [];

    /// <summary>What is left to do after the change, which is no fix; null for a fix.</summary>
    public string? Containment { get; init; }

    public static PlaybookWords Of(Playbook playbook) => new(playbook.Summary, Costs(playbook.Impact), NoteOf(playbook), playbook.Manual)
    {
        AskedAgain = [.. playbook.Steps.Where(s => s.AskAgain is not null).Select(s => new AskedStep(s.Name, s.AskAgain!))],
        Containment = playbook.Containment,
    };

    /// <summary>What a change may cost, as a sentence.</summary>
    public static string Costs(Impact impact) => impact switch
    {
        Playbooks.Impact.None => "Nobody notices.",
        Playbooks.Impact.Brief => "Access that was open closes, or connections are cut for a moment.",
        Playbooks.Impact.Restart => "The resource is interrupted.",
        Playbooks.Impact.Cost => "It costs money from then on.",
        Playbooks.Impact.Access => "Credentials or permissions that somebody may use are cut.",
        Playbooks.Impact.Data => "Data may be lost.",
        Playbooks.Impact.Unknown => "What it means to those who use the resource is not known: no playbook describes it.",
        _ => "It cannot be taken back.",
    };

    private static string NoteOf(Playbook playbook)
    {
        if (playbook.Impact is Playbooks.Impact.Irreversible)
        {
            return With(string.Join(' ', playbook.Steps.Select(s => s.Final).OfType<string>().Prepend("None: it cannot be taken back.")));
        }

        ImmutableArray<Call> calls = [.. playbook.Steps.SelectMany(s => s.Undo.IsEmpty ? s.Write : s.Undo)];
        var how = calls.Any(c => c.IsRunbook)
            ? "An undo starts the runbook again with the value from before"
            : "An undo restores exactly what was read before the change";
        var inexact = playbook.Steps.SelectMany(s => s.Registered?.Stays ?? []).Distinct().ToList();
        var renewed = playbook.Steps.SelectMany(s => s.Ignore).Distinct().ToList();
        return With($"{how}, and stops where somebody changed it since."
            + (renewed.Count > 0 ? $" AWS itself renews {string.Join(", ", renewed)}: that is not restored." : "")
            + (
                inexact.Count > 0
                    ? $" Where nothing was set before, {string.Join(", ", inexact)} may keep what was written: its provider ignores a "
                        + "removal."
                    : ""));

        string With(string text) => playbook.NotUndone.Length > 0 ? $"{text} Not restored: {playbook.NotUndone}" : text;
    }
}

/// <summary>A step before which people are asked again.</summary>
/// <param name="Says">What they are told.</param>
internal sealed record AskedStep(string Step, string Says);
