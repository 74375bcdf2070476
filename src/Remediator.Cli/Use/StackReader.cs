using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.Cli.Use;

/// <summary>Reads from a deployed stack what the command line needs of it.</summary>
internal static class StackReader
{
    private static readonly (string Output, string Variable)[] Outputs =
    [
        ("JournalTable", CliSettings.JournalVariable),
        ("JournalKeyArn", CliSettings.KeyVariable),
        ("EscalationTopicArn", CliSettings.TopicVariable),
        ("EventsTopicArn", "REMEDIATOR_EVENTS_TOPIC_ARN"),
        ("ComplianceQueueUrl", "REMEDIATOR_QUEUE_URL"),
        ("OperateFunctionName", CliSettings.FunctionVariable),
        ("OperateUrl", CliSettings.UrlVariable),
    ];

    /// <exception cref="UsageException">There is no such stack, or it is none of this service.</exception>
    public static async Task<StoredSettings> ReadAsync(IAws aws, string stack, string region, string? profile, CancellationToken ct)
    {
        var found = await DescribeAsync(aws, stack, region, ct);
        var values = Pairs(found.Member("Outputs"), "OutputKey", "OutputValue");
        if (!values.ContainsKey("JournalTable"))
        {
            throw new UsageException($"The stack {stack} in {region} is none of remediator: it has no output JournalTable.");
        }

        var settings = Outputs
            .Where(o => values.ContainsKey(o.Output))
            .Select(o => KeyValuePair.Create(o.Variable, values[o.Output]))
            .Append(new("AWS_REGION", region))
            .Append(new(CliSettings.AccountVariable, (found.TextOf("StackId") ?? "").Split(':').ElementAtOrDefault(4) ?? ""))
            .Append(
                new(
                    "REMEDIATOR_MEMBER_ROLE",
                    Pairs(found.Member("Parameters"), "ParameterKey", "ParameterValue").GetValueOrDefault("MemberRoleName") ?? ""))
            .Append(new("AWS_PROFILE", profile ?? ""));
        return new(stack, settings.Where(s => s.Value.Length > 0).ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private static async Task<JsonElement> DescribeAsync(IAws aws, string stack, string region, CancellationToken ct)
    {
        try
        {
            var output = await aws.CallAsync(
                "cloudformation:DescribeStacks", Json.Object([KeyValuePair.Create("StackName", Json.Text(stack))]), ct);
            return output.Member("Stacks") is { ValueKind: JsonValueKind.Array } stacks && stacks.GetArrayLength() > 0
                ? stacks[0]
                : throw new UsageException($"There is no stack {stack} in {region}.");
        }
        catch (AwsException e) when (e.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            throw new UsageException($"There is no stack {stack} in {region}; --region and --profile name others.");
        }
    }

    private static Dictionary<string, string> Pairs(JsonElement list, string key, string value) =>
        (list.IsList() ? [.. list.EnumerateArray()] : Array.Empty<JsonElement>())
            .Where(item => item.TextOf(key) is not null)
            .ToDictionary(item => item.TextOf(key)!, item => item.TextOf(value) ?? "", StringComparer.Ordinal);
}
