namespace Remediator.Incidents;

/// <summary>Why automation stopped. The kebab-case form is part of what subscribers see.</summary>
internal enum Reason
{
    /// <summary>A person has to agree first.</summary>
    ApprovalNeeded,

    /// <summary>AWS refused a call for want of a permission.</summary>
    NotPermitted,

    /// <summary>AWS kept answering that there are too many calls, or did not answer.</summary>
    ThrottledOut,

    /// <summary>No playbook answers the rule for this type of resource.</summary>
    Unsupported,

    /// <summary>The calls went through, and the setting is still wrong.</summary>
    NotVerified,

    /// <summary>Something keeps putting the wrong setting back.</summary>
    Flapping,

    OverBudget,

    Frozen,

    /// <summary>The playbook failed too often and is out of use for a while.</summary>
    BreakerOpen,

    /// <summary>Somebody else changed the setting at the same time.</summary>
    Conflict,

    /// <summary>A call failed in a way that trying again will not mend.</summary>
    Failed,

    /// <summary>The resource that the event names could not be found.</summary>
    NotFound,

    /// <summary>A condition that the playbook sets for acting by itself does not hold.</summary>
    Guarded,

    /// <summary>The policy, the tags or the parameters do not say enough to act.</summary>
    NotConfigured,

    /// <summary>Config did not confirm the fix in time.</summary>
    Unconfirmed,

    /// <summary>Config finds it wrong, and what was read since is right.</summary>
    Disputed,

    /// <summary>Nothing says that the resource ever complied: there is no value to go back to.</summary>
    NeverCompliant,

    /// <summary>What was recorded while it complied is older than the policy allows.</summary>
    TooOld,

    /// <summary>AWS Config has not recorded the resource.</summary>
    NoHistory,

    /// <summary>It was deleted and made anew under the same name since it complied.</summary>
    IdentityChanged,

    /// <summary>None of the settings that are known changed: what is wrong lies elsewhere.</summary>
    CauseElsewhere,

    /// <summary>Somebody changed a drifted setting after Config recorded it last.</summary>
    ChangedSince,

    /// <summary>Somebody is at work on the resource.</summary>
    NotQuiet,

    /// <summary>A CloudFormation stack owns it.</summary>
    OwnedByStack,

    OwnedByTerraform,

    OwnedByAutoscaler,

    /// <summary>A value that would have to be written is not recorded, or one that would be lost is never read back.</summary>
    Masked,

    /// <summary>What the recorded value refers to is no longer there.</summary>
    ReferenceGone,

    /// <summary>An alarm of the policy went into alarm soon after the change, which was taken back.</summary>
    AlarmRang,

    /// <summary>It will be changed by itself: people hear of it first.</summary>
    Announced,

    /// <summary>Harm is kept away after a person's yes, and what the rule asks for is left to people.</summary>
    Contained,
}

internal static class ReasonNames
{
    public static string Name(this Reason reason) => reason switch
    {
        Reason.ApprovalNeeded => "approval-needed",
        Reason.NotPermitted => "not-permitted",
        Reason.ThrottledOut => "throttled-out",
        Reason.Unsupported => "unsupported",
        Reason.NotVerified => "not-verified",
        Reason.Flapping => "flapping",
        Reason.OverBudget => "over-budget",
        Reason.Frozen => "frozen",
        Reason.BreakerOpen => "breaker-open",
        Reason.Conflict => "conflict",
        Reason.Failed => "failed",
        Reason.NotFound => "not-found",
        Reason.Guarded => "guarded",
        Reason.NotConfigured => "not-configured",
        Reason.Unconfirmed => "unconfirmed",
        Reason.Disputed => "disputed",
        Reason.NeverCompliant => "never-compliant",
        Reason.TooOld => "too-old",
        Reason.NoHistory => "no-history",
        Reason.IdentityChanged => "identity-changed",
        Reason.CauseElsewhere => "cause-elsewhere",
        Reason.ChangedSince => "changed-since",
        Reason.NotQuiet => "not-quiet",
        Reason.OwnedByStack => "owned-by-stack",
        Reason.OwnedByTerraform => "owned-by-terraform",
        Reason.OwnedByAutoscaler => "owned-by-autoscaler",
        Reason.Masked => "masked",
        Reason.ReferenceGone => "reference-gone",
        Reason.AlarmRang => "alarm-rang",
        Reason.Announced => "announced",
        Reason.Contained => "contained",
        _ => reason.LaterName(),
    };
}
