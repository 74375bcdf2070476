namespace Remediator.Incidents;

/// <summary>What a reason means to people.</summary>
/// <param name="Headline">What became of the fix, in a few words.</param>
/// <param name="InShort">The same, or what to do, where there is room for no more.</param>
/// <param name="Todo">What to do, in one sentence.</param>
internal sealed record ReasonMeaning(string Headline, string InShort, string Todo)
{
    private const string NotFixed = "Not fixed";

    /// <summary>When it goes on without anybody; null where it does not.</summary>
    public string? GoesOn { get; init; }

    /// <summary>Starting again can help, once what is in <see cref="Todo"/> is done.</summary>
    public bool MayRetry { get; init; }

    /// <summary>AWS Config may be asked to look again.</summary>
    public bool MayReevaluate { get; init; }

    /// <summary>What the incident's reason means to people; null where it has none.</summary>
    public static ReasonMeaning? Of(Incident incident) => incident.Reason is not { } reason ? null
        : incident is { IsChanged: true, Change.IsTakenBack: true } ? OfUndo(Of(reason))
        : Of(reason);

    /// <summary>Of an undo that a person asked for: the fix is in place, and to start again would not take it back.</summary>
    private static ReasonMeaning OfUndo(ReasonMeaning fix) => new(
        fix.Headline.StartsWith(NotFixed, StringComparison.Ordinal) ? $"Not undone{fix.Headline[NotFixed.Length..]}" : fix.Headline,
        "not undone",
        "Do what it stopped for, then undo it again.");

    public static ReasonMeaning Of(Reason reason) => reason switch
    {
        Reason.ApprovalNeeded => new("A fix waits for your approval", "approve or hold it",
            "Look at the plan, then approve it or hold it."),
        Reason.Announced => new("A change is announced", "comes unless you object",
            "Nothing, if it may be changed. Otherwise hold it, or exempt it.")
        {
            GoesOn = "It is changed by itself when the time is over.",
        },
        Reason.Guarded => new("Not fixed, a condition for acting alone does not hold", "decide by hand",
            "Decide whether it may be changed all the same.")
        { MayRetry = true },
        Reason.NotPermitted => new("Not fixed, AWS refused a permission", "give permission, retry",
            "Find the policy that refuses, give the permission, then retry.")
        { MayRetry = true },
        Reason.ThrottledOut => new("Not fixed yet, AWS was too busy", "busy, tried again later",
            "Nothing, unless the resource stays busy: end that.")
        {
            GoesOn = "It is tried again by itself within a day.",
        },
        Reason.Unsupported => new("Not fixed, no playbook can do it", "fix by hand",
            "Put it right by hand, or exempt it.")
        { MayReevaluate = true },
        Reason.NotVerified => new("Not fixed, the change did not take effect", "the fix had no effect",
            "Read the setting by hand: something else may override it.")
        { MayRetry = true },
        Reason.Flapping => new("Not fixed again, the fix keeps being reverted", "find who reverts it",
            "Find who reverts it and settle it there, then retry or exempt.")
        { MayRetry = true },
        Reason.OverBudget => new("Not fixed yet, the changes allowed in an hour are used up", "goes on next hour",
            "Nothing, unless this many changes are unexpected: then stop them.")
        {
            GoesOn = "It goes on by itself when the next hour begins.",
        },
        Reason.Frozen => new("Not fixed yet, changes are frozen", "frozen, goes on later",
            "Nothing, unless it cannot wait: then change it by hand.")
        {
            GoesOn = "It goes on by itself when the freeze ends or the window opens.",
        },
        Reason.BreakerOpen => new("Not fixed yet, the playbook failed too often", "goes on next hour",
            "Look at what made the playbook fail.")
        {
            GoesOn = "It goes on by itself when the next hour begins.",
        },
        Reason.Conflict => new("Stopped, somebody else changed it", "changed by others",
            "Agree with whoever changed it, then retry.")
        { MayRetry = true },
        Reason.Failed => new("Not fixed, it failed", "failed, see why", "Do what the error asks for, then retry.") { MayRetry = true },
        Reason.NotFound => new("Not fixed, the resource was not found", "resource not found",
            "Deleted? Have AWS Config look again. Otherwise put it right by hand.")
        {
            MayRetry = true,
            MayReevaluate = true,
        },
        Reason.NotConfigured => new("Not fixed, the policy or the playbook does not say enough", "complete the policy",
            "Add what is missing and deploy, then retry.")
        { MayRetry = true },
        Reason.Unconfirmed => new("Fixed, not confirmed by AWS Config", "fixed, not confirmed",
            "Check that AWS Config records and evaluates this rule.")
        { MayReevaluate = true },
        Reason.Disputed => new("Reads right, and AWS Config finds it wrong", "compare with Config",
            "Compare what was read with what the rule checks.")
        {
            MayRetry = true,
            MayReevaluate = true,
        },
        Reason.NeverCompliant => new("Not rolled back, it never complied", "no value to go back to",
            "Put it right by hand, or give the policy a value that is wanted.")
        { MayReevaluate = true },
        Reason.TooOld => new("Not rolled back, the last compliant value is too old", "recorded value too old",
            "Put it right by hand, or allow older values with rollback.max-age, then retry.")
        { MayRetry = true },
        Reason.NoHistory => new("Not rolled back, AWS Config did not record it", "no recorded value",
            "Put it right by hand, and let AWS Config record this type.")
        { MayReevaluate = true },
        Reason.IdentityChanged => new("Not rolled back, it was made anew since", "another resource by now",
            "Put it right by hand: what was recorded is another resource's."),
        Reason.CauseElsewhere => new("Not rolled back, nothing that is known changed", "cause lies elsewhere",
            "Compare the recorded items in the Config timeline, or look at what the rule checks.")
        { MayRetry = true },
        Reason.ChangedSince => new("Not rolled back, it was changed again since", "changed again since",
            "Agree with whoever changed it, then put it right by hand or retry.")
        { MayRetry = true },
        Reason.NotQuiet => new("A rollback waits for your approval, somebody is at work on it", "somebody is at work",
            "Ask whoever is at work on it, then approve or hold it.")
        { MayRetry = true },
        Reason.OwnedByStack => new("A change waits for your approval, a CloudFormation stack owns it", "owned by a stack",
            "Put it right in the stack's template, or approve the change: the next deployment may undo it.")
        { MayRetry = true },
        Reason.OwnedByTerraform => new("A change waits for your approval, Terraform owns it", "owned by Terraform",
            "Put it right in Terraform, or approve the change: the next apply may undo it.")
        { MayRetry = true },
        Reason.OwnedByAutoscaler => new("A change waits for your approval, an autoscaler owns it", "owned by an autoscaler",
            "Put it right where the autoscaler is set up, or approve the change.")
        { MayRetry = true },
        Reason.Masked => new("Not rolled back, a value is kept out of what can be read", "value cannot be read",
            "Put it right by hand: the value is kept out of what can be read.")
        { MayReevaluate = true },
        Reason.AlarmRang => new("Undone, an alarm rang after the change", "undone after an alarm",
            "Find out whether it was the change: then mend what depends on the old setting, or exempt it; else retry.")
        {
            MayRetry = true,
            GoesOn = "It is held for a week, and changed again after that.",
        },
        Reason.Contained => new("Contained, and not fixed: the rest is for a person", "contained, not fixed",
            "Put right what the rule asks for, then take the containment back.")
        { MayReevaluate = true },
        Reason.ReferenceGone => new("Not rolled back, what it refers to is gone", "what it refers to is gone",
            "Make what the recorded value refers to anew, or put it right by hand.")
        { MayRetry = true },
        _ => new($"Stopped: {reason.LaterName()}", reason.LaterName(),
            "A later version of this service knows the reason: deploy that version, or read the history."),
    };
}
