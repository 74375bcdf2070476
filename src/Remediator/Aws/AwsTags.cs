using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Aws.Endpoints;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>Reads tags: of EC2 resources by their id through EC2, of all others by their ARN through the tagging API.</summary>
internal sealed class AwsTags(IAwsAccounts accounts, IEc2 ec2) : ITags
{
    public async Task<ImmutableDictionary<string, string>> ReadAsync(ResourceKey resource, CancellationToken ct)
    {
        if (resource.Type.StartsWith("AWS::EC2::", StringComparison.Ordinal))
        {
            return await ec2.TagsAsync(resource.Account, resource.Region, resource.Id, ct);
        }

        var arn = ResourceArns.Of(resource, AwsPartition.Of(resource.Region).Name)
            ?? throw new AwsException("tag:GetResources", "UnknownArn", 0, "", $"The policy looks at tags, and the ARN of a {resource.Type} is not known from its id.");
        var input = Json.Object([KeyValuePair.Create("ResourceARNList", Json.List([Json.Text(arn)]))]);
        var output = await accounts.For(resource.Account, resource.Region).CallAsync("resourcegroupstaggingapi:GetResources", input, ct);
        return output.Member("ResourceTagMappingList") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
            ? list[0].Member("Tags").EnumerateArray().ToImmutableDictionary(t => t.TextOf("Key") ?? "", t => t.TextOf("Value") ?? "")
            : ImmutableDictionary<string, string>.Empty;
    }
}
