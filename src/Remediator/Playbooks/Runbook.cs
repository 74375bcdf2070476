namespace Remediator.Playbooks;

/// <summary>The operations that run SSM Automation runbooks.</summary>
internal static class Runbook
{
    public const string Start = "ssm:StartAutomationExecution";

    public const string Look = "ssm:GetAutomationExecution";

    /// <summary>
    /// What a start by a document's name is about: IAM asks for the document and for the run of it, and knows the document by an older form
    /// of ARN too.
    /// </summary>
    public static IEnumerable<string> Resources(string document) =>
        new[] { $"document/{document}", $"automation-definition/{document}:*", "automation-execution/*" }
            .Select(r => $"arn:${{AWS::Partition}}:ssm:*:*:{r}");
}
