namespace Remediator.Authoring.Catalog;

/// <summary>What Remediator can do about a rule.</summary>
internal enum Answer
{
    /// <summary>Fixed without any further input, if the policy says <c>auto</c>.</summary>
    Automatic,

    /// <summary>Fixed once the policy gives a value that only the operator knows.</summary>
    WithParameter,

    /// <summary>Fixed once a person has approved: the fix interrupts something, or cannot be undone.</summary>
    AfterApproval,

    /// <summary>No playbook: a person gets guidance.</summary>
    Escalated,
}
