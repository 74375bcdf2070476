namespace Remediator.Cli.Doctor.Checks;

/// <summary>The stack is as its template says, and not half on the way to another one.</summary>
internal sealed class StackCheck : ICheck
{
    public string Name => "stack";

    public IEnumerable<Look> Looks(DeploymentView on) => [Look.One(on.Stack.Name, _ => Task.FromResult(Of(on.Stack)))];

    private static Found Of(DeployedStack stack)
    {
        var events = $"aws cloudformation describe-stack-events --stack-name {stack.Name}";
        return stack.Status switch
        {
            "CREATE_COMPLETE" or "UPDATE_COMPLETE" or "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" or "IMPORT_COMPLETE" =>
                Found.Ok($"The stack is {stack.Status}."),
            "UPDATE_ROLLBACK_COMPLETE" => Found.Warn("The last deployment was rolled back: the one before it is at work.", events),
            var status when status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) =>
                Found.Warn($"The stack is {status}.", "Wait for the deployment's end, then run this again."),
            var status => Found.Fail($"The stack is {status}.", events),
        };
    }
}
