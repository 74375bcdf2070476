using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>Reads CloudWatch's alarms: which there are, which ring, and whether one rang in a span of time.</summary>
internal sealed class AwsAlarms(IAwsAccounts accounts)
{
    private const string Ringing = "ALARM";

    /// <summary>So many alarms may be named in one call.</summary>
    private const int MostNames = 100;

    /// <summary>What is told of each of these alarms that exists.</summary>
    public async Task<ImmutableArray<Alarm>> ReadAsync(
        string account, string region, ImmutableArray<string> names, CancellationToken ct)
    {
        var found = ImmutableArray.CreateBuilder<Alarm>();
        foreach (var some in names.Chunk(MostNames))
        {
            found.AddRange(await ReadSomeAsync(account, region, some, ct));
        }

        return found.ToImmutable();
    }

    private async Task<IEnumerable<Alarm>> ReadSomeAsync(string account, string region, string[] names, CancellationToken ct)
    {
        var input = Json.Object([
            KeyValuePair.Create("AlarmNames", Json.List(names.Select(Json.Text))),
            KeyValuePair.Create("AlarmTypes", Json.List([Json.Text("MetricAlarm"), Json.Text("CompositeAlarm")])),
            KeyValuePair.Create("MaxRecords", Json.Parse("100")),
        ]);
        var output = await accounts.For(account, region).CallAsync("cloudwatch:DescribeAlarms", input, ct);
        return Items(output.Member("MetricAlarms")).Concat(Items(output.Member("CompositeAlarms"))).Select(Read);
    }

    /// <summary>The alarms that a CloudFormation stack made.</summary>
    public async Task<ImmutableArray<string>> OfStackAsync(string account, string region, string stack, CancellationToken ct)
    {
        var filter = Json.Object([
            KeyValuePair.Create("Key", Json.Text("aws:cloudformation:stack-name")),
            KeyValuePair.Create("Values", Json.List([Json.Text(stack)])),
        ]);
        var input = Json.Object([
            KeyValuePair.Create("TagFilters", Json.List([filter])),
            KeyValuePair.Create("ResourceTypeFilters", Json.List([Json.Text("cloudwatch:alarm")])),
        ]);
        var names = ImmutableArray.CreateBuilder<string>();
        await foreach (var page in accounts.For(account, region).PagesAsync("resourcegroupstaggingapi:GetResources", input, ct))
        {
            names.AddRange(
                Items(page.Member("ResourceTagMappingList")).Select(m => NameOf(m.TextOf("ResourceARN") ?? "")).Where(n => n.Length > 0));
        }

        return names.ToImmutable();
    }

    /// <summary>
    /// The alarm that went into alarm while it was watched, and when; null where none did. None rang when the change began: one that rings
    /// now, and is so since, went into alarm after it. Of one that is over again, its history tells.
    /// </summary>
    public async Task<Alarm?> FirstRungAsync(string account, string region, AlarmWatch watch, CancellationToken ct)
    {
        if (watch is not { From: { } from, Alarms: [_, ..] names })
        {
            return null;
        }

        var until = watch.Until ?? DateTimeOffset.MaxValue;
        foreach (var alarm in await ReadAsync(account, region, names, ct))
        {
            if (alarm.Since is not { } since || since < from)
            {
                continue;
            }

            if (alarm.IsRinging && since <= until)
            {
                return alarm;
            }

            if (await RangAsync(account, region, alarm.Name, from, until, ct) is { } at)
            {
                return alarm with { Since = at };
            }
        }

        return null;
    }

    private async Task<DateTimeOffset?> RangAsync(
        string account, string region, string name, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var input = Json.Write(w =>
        {
            w.WriteStartObject();
            w.WriteString("AlarmName"u8, name);
            w.WriteString("HistoryItemType"u8, "StateUpdate");
            w.WriteNumber("StartDate"u8, from.ToUnixTimeSeconds());
            w.WriteString("ScanBy"u8, "TimestampAscending");
            w.WriteEndObject();
        });
        var output = await accounts.For(account, region).CallAsync("cloudwatch:DescribeAlarmHistory", input, ct);
        foreach (var item in Items(output.Member("AlarmHistoryItems")))
        {
            if (AwsConfigService.TimeOf(item.Member("Timestamp")) is var at && at >= from && at <= until && IntoAlarm(item))
            {
                return at;
            }
        }

        return null;
    }

    private static bool IntoAlarm(JsonElement item)
    {
        try
        {
            return item.TextOf("HistoryData") is { } data
                && Json.Parse(data) is var read
                && read.Member("newState").TextOf("stateValue") is Ringing;
        }
        catch (JsonException)
        {
            // Its summary is for people, and says the same.
            return item.TextOf("HistorySummary")?.EndsWith($"to {Ringing}", StringComparison.Ordinal) ?? false;
        }
    }

    private static Alarm Read(JsonElement alarm) => new(
        alarm.TextOf("AlarmName") ?? "",
        alarm.TextOf("StateValue") is Ringing,
        (alarm.Member("StateTransitionedTimestamp"), alarm.Member("StateUpdatedTimestamp")) switch
        {
            (var moved, _) when !moved.IsNull() => AwsConfigService.TimeOf(moved),
            (_, var updated) when !updated.IsNull() => AwsConfigService.TimeOf(updated),
            _ => null,
        });

    private static string NameOf(string arn) => arn.Split(":alarm:", 2) is [_, var name] ? name : "";

    private static IEnumerable<JsonElement> Items(JsonElement list) =>
        list.ValueKind is JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
}

/// <summary>One alarm as it stands.</summary>
/// <param name="Since">Since when it is in its state; null where CloudWatch does not say.</param>
internal sealed record Alarm(string Name, bool IsRinging, DateTimeOffset? Since);
