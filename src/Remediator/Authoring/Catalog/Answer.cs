namespace Remediator.Authoring.Catalog;

/// <summary>What Remediator does about a rule.</summary>
internal enum Answer
{
    /// <summary>Fixed without anything from anybody, where the policy says <c>auto</c>.</summary>
    Automatic,

    /// <summary>Fixed once the policy gives a value that only the operator knows.</summary>
    WithParameter,

    /// <summary>Fixed once a person has agreed: the fix interrupts something, or cannot be taken back.</summary>
    AfterApproval,

    /// <summary>No playbook: a person is told, with guidance.</summary>
    Escalated,
}
