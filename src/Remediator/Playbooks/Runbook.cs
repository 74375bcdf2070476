namespace Remediator.Playbooks;

/// <summary>The operations that run SSM Automation runbooks.</summary>
internal static class Runbook
{
    public const string Start = "ssm:StartAutomationExecution";

    public const string Look = "ssm:GetAutomationExecution";
}
