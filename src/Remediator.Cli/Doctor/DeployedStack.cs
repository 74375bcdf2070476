using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.Cli.Doctor;

/// <summary>The stack as CloudFormation has it.</summary>
/// <param name="Resources">Physical ids by the template's names; null where they may not be listed.</param>
internal sealed record DeployedStack(
    string Name,
    string Status,
    ImmutableDictionary<string, string> Outputs,
    ImmutableDictionary<string, string> Parameters,
    ImmutableArray<StackResource>? Resources)
{
    public static async Task<DeployedStack> ReadAsync(IAws aws, string name, CancellationToken ct)
    {
        var input = Json.Object([new("StackName", Json.Text(name))]);
        var stack = (await aws.CallAsync("cloudformation:DescribeStacks", input, ct)).Member("Stacks")[0];
        return new(
            name,
            stack.TextOf("StackStatus") ?? "",
            Pairs(stack.Member("Outputs"), "OutputKey", "OutputValue"),
            Pairs(stack.Member("Parameters"), "ParameterKey", "ParameterValue"),
            await ResourcesAsync(aws, input, ct));
    }

    /// <exception cref="NotSeenException">The stack's resources may not be listed.</exception>
    public IEnumerable<StackResource> OfType(string type) => Known().Where(r => r.Type == type);

    /// <summary>The physical id; null where the stack has no such resource.</summary>
    /// <exception cref="NotSeenException">The stack's resources may not be listed.</exception>
    public string? Find(string logical) => Known().FirstOrDefault(r => r.LogicalId == logical)?.PhysicalId;

    /// <summary>The physical id of what every deployment has.</summary>
    /// <exception cref="NotSeenException">It is not there, or the stack's resources may not be listed.</exception>
    public string Physical(string logical) => Find(logical)
        ?? throw new NotSeenException($"The stack has no resource {logical}.", "Deploy the template of this version.");

    private ImmutableArray<StackResource> Known() => Resources ?? throw new NotSeenException(
        "Not seen: the stack's resources may not be listed.",
        "Allow cloudformation:DescribeStackResources to the credentials that run this.");

    private static async Task<ImmutableArray<StackResource>?> ResourcesAsync(IAws aws, JsonElement input, CancellationToken ct)
    {
        try
        {
            var answer = await aws.CallAsync("cloudformation:DescribeStackResources", input, ct);
            return
            [
                .. answer.Each("StackResources").Select(r => new StackResource(
                    r.TextOf("LogicalResourceId") ?? "", r.TextOf("ResourceType") ?? "", r.TextOf("PhysicalResourceId") ?? "")),
            ];
        }
        catch (AwsException e) when (e.Fault is AwsFault.Denied)
        {
            return null;
        }
    }

    private static ImmutableDictionary<string, string> Pairs(JsonElement list, string key, string value) =>
        (list.IsList() ? [.. list.EnumerateArray()] : Array.Empty<JsonElement>())
            .Where(item => item.TextOf(key) is not null)
            .ToImmutableDictionary(item => item.TextOf(key)!, item => item.TextOf(value) ?? "", StringComparer.Ordinal);
}

internal sealed record StackResource(string LogicalId, string Type, string PhysicalId);
