namespace Remediator.Playbooks;

/// <summary>The operations of a drift-aware change set, which returns a resource to its stack's template.</summary>
internal static class ChangeSet
{
    public const string Create = "cloudformation:CreateChangeSet";

    public const string Look = "cloudformation:DescribeChangeSet";

    public const string Execute = "cloudformation:ExecuteChangeSet";

    public const string Delete = "cloudformation:DeleteChangeSet";

    /// <summary>The playbook that makes change sets.</summary>
    public const string Playbook = "cloudformation/stack-drift";
}
