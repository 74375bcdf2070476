using System.Text.Json;
using Remediator.Values;

namespace Remediator.Testing.Fakes;

/// <summary>CloudWatch's alarms: their states, and the history of these.</summary>
internal sealed class FakeAlarms
{
    private readonly Dictionary<string, List<(string State, DateTimeOffset At)>> _alarms = new(StringComparer.Ordinal);

    public FakeAlarms(FakeAws aws)
    {
        aws.On("cloudwatch:DescribeAlarms", Describe);
        aws.On("cloudwatch:DescribeAlarmHistory", History);
    }

    public void Set(string name, string state, DateTimeOffset at)
    {
        if (!_alarms.TryGetValue(name, out var states))
        {
            _alarms[name] = states = [];
        }

        states.Add((state, at));
    }

    private JsonElement Describe(JsonElement input) => Json.Object([
        KeyValuePair.Create("MetricAlarms", Json.List(
            from name in input.Member("AlarmNames").EnumerateArray().Select(n => n.GetString()!)
            where _alarms.ContainsKey(name)
            let last = _alarms[name][^1]
            select Json.Object([
                KeyValuePair.Create("AlarmName", Json.Text(name)),
                KeyValuePair.Create("StateValue", Json.Text(last.State)),
                KeyValuePair.Create("StateTransitionedTimestamp", Json.Parse($"{last.At.ToUnixTimeSeconds()}")),
            ]))),
    ]);

    private JsonElement History(JsonElement input) => Json.Object([
        KeyValuePair.Create("AlarmHistoryItems", Json.List(
            from change in _alarms[input.TextOf("AlarmName")!]
            where change.At.ToUnixTimeSeconds() >= input.Member("StartDate").GetInt64()
            select Json.Object([
                KeyValuePair.Create("Timestamp", Json.Parse($"{change.At.ToUnixTimeSeconds()}")),
                KeyValuePair.Create("HistoryItemType", Json.Text("StateUpdate")),
                KeyValuePair.Create("HistoryData", Json.Text($$$"""{"newState":{"stateValue":"{{{change.State}}}"}}""")),
            ]))),
    ]);
}
