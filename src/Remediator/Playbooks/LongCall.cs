namespace Remediator.Playbooks;

/// <summary>An operation that only starts something: the operation that reports the progress, and where its output has it.</summary>
/// <param name="Start">Starts it, with a <c>ClientToken</c> by which a repeated start is recognised.</param>
/// <param name="Look">Reports the progress.</param>
internal sealed record LongCall(string Start, string Look)
{
    /// <summary>The member of the progress operation's input that takes the id.</summary>
    public required string IdInput { get; init; }

    /// <summary>The runbooks of SSM Automation.</summary>
    public static LongCall Runbook { get; } = new(Playbooks.Runbook.Start, Playbooks.Runbook.Look) { IdInput = "AutomationExecutionId" };

    /// <summary>A drift-aware change set of CloudFormation, which is executed once it has been created.</summary>
    public static LongCall ChangeSet { get; } = new(Playbooks.ChangeSet.Create, Playbooks.ChangeSet.Look) { IdInput = "ChangeSetName" };

    /// <summary>An update by Cloud Control.</summary>
    public static LongCall Update { get; } =
        new("cloudcontrol:UpdateResource", "cloudcontrol:GetResourceRequestStatus") { IdInput = "RequestToken" };
}
