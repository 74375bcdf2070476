using Remediator.Incidents;
using Remediator.Operate;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Testing.Scenarios;

/// <summary>Repeated and later undos.</summary>
internal static class RedoScenarios
{
    public static async Task Undo_of_an_undo_is_a_retry_that_can_be_undone_again(IScenarioHost host)
    {
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        AssertOutcome("undone", await host.UndoAsync(ended.Incident));

        var again = await host.UndoAsync(ended.Incident);
        AssertOutcome("refused", again);
        Assert.Contains("remediator retry", again.Why, StringComparison.Ordinal);

        AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Retry, ended.Incident!, "alice", null, false)));
        AssertSame(Blocked, await host.BlockAsync(bucket));
        AssertOutcome("undone", await host.UndoAsync(ended.Incident));
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    public static async Task Undo_needs_neither_the_rule_nor_the_policy_of_the_change(IScenarioHost host)
    {
        var (bucket, rule, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        await host.CallAsync("config:DeleteConfigRule", $$"""{"ConfigRuleName":"{{rule.Name}}"}""");
        await host.UsePolicyAsync("defaults: {mode: observe}");

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }
}
