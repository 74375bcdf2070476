namespace Remediator.Cli.Output;

/// <summary>Outcomes in words for people.</summary>
internal static class OutcomeWords
{
    public static string Of(string outcome) => outcome switch
    {
        "fixed" => "Fixed: changed, read back and found right.",
        "already-right" => "Already right: nothing was called.",
        "observed" => "Observed: this is what would be done; nothing was changed.",
        "awaiting-approval" => "Waiting for approval: nothing was changed.",
        "pending" => "Not finished: it continues later.",
        "busy" => "Busy: another worker has the resource.",
        "contained" => "Contained: harm is kept away. What the rule asks for is left to a person.",
        "escalated" => "Escalated: automation stopped, a person is needed.",
        "closed" => "Closed: Config says that the resource is right.",
        "undone" => "Undone: put back, read back and found as before. The incident is held, so that it is not fixed again at once.",
        "conflict" => "Not undone: the resource no longer holds what was written.",
        "refused" => "Refused.",
        "rejected" => "Rejected: no event that the service can read. On the queue it would end in the dead-letter queue.",
        "ignored" => "Ignored: an event that asks for nothing.",
        "done" => "Done.",
        "skipped" => "Left as it is: nothing was changed.",
        _ => outcome,
    };

    public static Tone ToneOf(string outcome) => ExitCodes.OfName(outcome) switch
    {
        ExitCodes.Problems => Tone.Bad,
        ExitCodes.Later => Tone.Warning,
        _ => outcome is "awaiting-approval" ? Tone.Warning : Tone.Good,
    };
}
