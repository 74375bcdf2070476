namespace Remediator.Playbooks;

/// <summary>An operation that only begins something: which operation looks how it goes, and where its answers say so.</summary>
/// <param name="Start">Begins it, with a <c>ClientToken</c> by which a second start is known as the same.</param>
/// <param name="Look">Answers how it goes.</param>
internal sealed record LongCall(string Start, string Look)
{
    /// <summary>The member of the looking operation's input that takes the id.</summary>
    public required string IdInput { get; init; }

    /// <summary>The runbooks of SSM Automation.</summary>
    public static LongCall Runbook { get; } = new(Playbooks.Runbook.Start, Playbooks.Runbook.Look) { IdInput = "AutomationExecutionId" };

    /// <summary>A drift-aware change set of CloudFormation, which is carried out once it is made.</summary>
    public static LongCall ChangeSet { get; } = new(Playbooks.ChangeSet.Create, Playbooks.ChangeSet.Look) { IdInput = "ChangeSetName" };

    /// <summary>An update by Cloud Control.</summary>
    public static LongCall Update { get; } =
        new("cloudcontrol:UpdateResource", "cloudcontrol:GetResourceRequestStatus") { IdInput = "RequestToken" };
}
