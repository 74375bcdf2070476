using System.Text.Json;
using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>Every alarm of the stack is there, tells somebody, and is quiet.</summary>
internal sealed class AlarmsCheck : ICheck
{
    private const int PerCall = 100;

    public string Name => "alarms";

    public IEnumerable<Look> Looks(DeploymentView on) => [new("stack", ct => LookAsync(on, ct))];

    private static async Task<IReadOnlyList<Found>> LookAsync(DeploymentView on, CancellationToken ct)
    {
        var alarms = on.Stack.OfType("AWS::CloudWatch::Alarm").ToArray();
        var states = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var names in alarms.Select(a => a.PhysicalId).Chunk(PerCall))
        {
            var input = Json.Object(
                [new("AlarmNames", Json.List(names.Select(Json.Text))), new("MaxRecords", Json.Parse("100"))]);
            foreach (var state in (await on.Own.CallAsync("cloudwatch:DescribeAlarms", input, ct)).Each("MetricAlarms"))
            {
                states[state.TextOf("AlarmName") ?? ""] = state;
            }
        }

        Found[] troubles =
        [
            .. alarms.Select(a => (a.LogicalId, Found: Of(a, states.GetValueOrDefault(a.PhysicalId))))
                .Where(a => a.Found.Result is not CheckResult.Ok)
                .Select(a => a.Found with { About = a.LogicalId }),
        ];
        return troubles is [] ? [Found.Ok($"{alarms.Length} alarms tell the topic, and none rings.")] : troubles;
    }

    private static Found Of(StackResource alarm, JsonElement state)
    {
        var page = $"docs/runbooks/{alarm.LogicalId}.md";
        return !state.IsObject() ? Found.Fail("The alarm is not there.", "Deploy the stack again.")
            : !state.IsTrue("ActionsEnabled") ? Found.Fail(
                "The alarm tells nobody: its actions are off.", $"aws cloudwatch enable-alarm-actions --alarm-names {alarm.PhysicalId}")
            : !state.TextsOf("AlarmActions").Any() ? Found.Fail("The alarm tells nobody: it has no action.", "Deploy the stack again.")
            : state.TextOf("StateValue") switch
            {
                "ALARM" => Found.Fail($"The alarm rings: {state.TextOf("StateReason")}", page),
                "INSUFFICIENT_DATA" => Found.Warn(
                    "The alarm has no data yet.", "In the first hour after a deployment that is as it should be; later: " + page),
                _ => Found.Ok("quiet"),
            };
    }
}
