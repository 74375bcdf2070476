using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>Lambda has room for as many batches at once as the deployment asks for.</summary>
internal sealed class QuotasCheck : ICheck
{
    private const double Near = 0.5;

    public string Name => "quotas";

    public IEnumerable<Look> Looks(DeploymentView on) =>
    [
        Look.One("Lambda concurrency", async ct =>
        {
            var limit = (await on.Own.CallAsync("lambda:GetAccountSettings", Json.EmptyObject, ct)).Member("AccountLimit");
            var (all, free) = (limit.NumberOf("ConcurrentExecutions") ?? 0, limit.NumberOf("UnreservedConcurrentExecutions") ?? 0);
            var wanted = Wanted(on);
            var seen = $"{free:0} of the account's {all:0} concurrent executions are unreserved; batches at once: {wanted:0}.";
            var raise = "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 "
                + "--desired-value 1000";
            return free <= wanted ? Found.Fail(seen, $"{raise}, or a lower MaximumConcurrency")
                : wanted > free * Near ? Found.Warn(seen, $"{raise}, or a lower MaximumConcurrency")
                : Found.Ok(seen);
        }),
        Look.One("RemediateFunction", async ct =>
        {
            var name = on.Stack.Physical("RemediateFunction");
            var answer = await on.Own.CallAsync("lambda:GetFunctionConcurrency", Answers.Input(("FunctionName", name)), ct);
            return answer.NumberOf("ReservedConcurrentExecutions") is { } reserved && reserved < Wanted(on)
                ? Found.Fail(
                    $"{reserved:0} executions are reserved for the function, and {Wanted(on):0} batches may run at once.",
                    $"aws lambda delete-function-concurrency --function-name {name}")
                : Found.Ok("No reservation limits the function.");
        }),
    ];

    private static double Wanted(DeploymentView on) =>
        double.TryParse(on.Stack.Parameters.GetValueOrDefault("MaximumConcurrency"), out var wanted) ? wanted : 5;
}
