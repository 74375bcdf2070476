namespace Remediator.Playbooks;

/// <summary>The operations by which a drift-aware change set hands a resource back to its stack's template.</summary>
internal static class ChangeSet
{
    public const string Create = "cloudformation:CreateChangeSet";

    public const string Look = "cloudformation:DescribeChangeSet";

    public const string Execute = "cloudformation:ExecuteChangeSet";

    public const string Delete = "cloudformation:DeleteChangeSet";

    /// <summary>The playbook whose change sets are made.</summary>
    public const string Playbook = "cloudformation/stack-drift";
}
