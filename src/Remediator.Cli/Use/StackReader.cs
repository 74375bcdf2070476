using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Aws.Endpoints;
using Remediator.Decide;
using Remediator.Incidents;
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

    /// <param name="said">Tells the person what could not be read.</param>
    /// <exception cref="UsageException">There is no such stack, or it is none of this service.</exception>
    public static async Task<StoredSettings> ReadAsync(
        IAws aws, string stack, string region, string? profile, Action<string> said, CancellationToken ct)
    {
        var found = await DescribeAsync(aws, stack, region, ct);
        var values = Pairs(found.Member("Outputs"), "OutputKey", "OutputValue");
        if (!values.ContainsKey("JournalTable"))
        {
            throw new UsageException($"The stack {stack} in {region} is none of remediator: it has no output JournalTable.");
        }

        var account = (found.TextOf("StackId") ?? "").Split(':').ElementAtOrDefault(4) ?? "";
        var settings = Outputs
            .Where(o => values.ContainsKey(o.Output))
            .Select(o => KeyValuePair.Create(o.Variable, values[o.Output]))
            .Append(new("AWS_REGION", region))
            .Append(new(CliSettings.AccountVariable, account))
            .Append(new(ServiceSettings.StackVariable, stack))
            .Append(new(ServiceSettings.OwnArnsVariable, string.Join(',', await OwnArnsAsync(aws, stack, account, region, said, ct))))
            .Append(
                new(
                    "REMEDIATOR_MEMBER_ROLE",
                    Pairs(found.Member("Parameters"), "ParameterKey", "ParameterValue").GetValueOrDefault("MemberRoleName") ?? ""))
            .Append(new("AWS_PROFILE", profile ?? ""));
        return new(stack, settings.Where(s => s.Value.Length > 0).ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>What the service is made of: commands that change resources leave it alone, as the functions do.</summary>
    private static async Task<IEnumerable<string>> OwnArnsAsync(
        IAws aws, string stack, string account, string region, Action<string> said, CancellationToken ct)
    {
        try
        {
            var output = await aws.CallAsync(
                "cloudformation:DescribeStackResources", Json.Object([KeyValuePair.Create("StackName", Json.Text(stack))]), ct);
            return output.Member("StackResources") is var resources && resources.IsList()
                ? resources.EnumerateArray()
                    .Select(r => new ResourceKey(account, region, r.TextOf("ResourceType") ?? "", r.TextOf("PhysicalResourceId") ?? ""))
                    .Where(r => r.Id.Length > 0)
                    .Select(r => OwnResources.ArnOf(r, AwsPartition.Of(region).Name))
                    .OfType<string>()
                : [];
        }
        catch (AwsException e) when (e.Fault is AwsFault.Denied)
        {
            said(
                $"The resources of {stack} may not be listed (cloudformation:DescribeStackResources): of what the service is made of, "
                + "only its functions, table, key, topics and queue are known to commands that change resources.");
            return [];
        }
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
