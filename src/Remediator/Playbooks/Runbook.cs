namespace Remediator.Playbooks;

/// <summary>The operations by which SSM Automation runbooks are run.</summary>
internal static class Runbook
{
    public const string Start = "ssm:StartAutomationExecution";

    public const string Look = "ssm:GetAutomationExecution";
}
