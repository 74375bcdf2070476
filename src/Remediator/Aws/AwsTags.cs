using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws.Endpoints;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>
/// Reads tags: of EC2 resources by their id through EC2, of databases with their description, of all others by their ARN through the
/// tagging API. Where the ARN does not follow from the id, AWS Config is asked, which recorded the resource.
/// </summary>
internal sealed class AwsTags(IAwsAccounts accounts, IEc2 ec2) : ITags
{
    public Task<ImmutableDictionary<string, string>> ReadAsync(ResourceKey resource, CancellationToken ct)
    {
        var aws = accounts.For(resource.Account, resource.Region);
        return resource.Type switch
        {
            _ when resource.Type.StartsWith("AWS::EC2::", StringComparison.Ordinal) =>
                ec2.TagsAsync(resource.Account, resource.Region, resource.Id, ct),
            "AWS::RDS::DBInstance" =>
                DescribedAsync(aws, resource, new("rds:DescribeDBInstances", "dbi-resource-id", "DBInstances", "DbiResourceId"), ct),
            "AWS::RDS::DBCluster" =>
                DescribedAsync(
                    aws, resource, new("rds:DescribeDBClusters", "db-cluster-resource-id", "DBClusters", "DbClusterResourceId"), ct),
            _ => ByArnAsync(aws, resource, ct),
        };
    }

    public bool IsOneCall(ResourceKey resource) =>
        resource.Type.StartsWith("AWS::EC2::", StringComparison.Ordinal) || resource.Type is "AWS::RDS::DBInstance" or "AWS::RDS::DBCluster"
        || ResourceArns.Of(resource, AwsPartition.Of(resource.Region).Name) is not null;

    private static async Task<ImmutableDictionary<string, string>> DescribedAsync(
        IAws aws, ResourceKey resource, Description by, CancellationToken ct)
    {
        var filter = Json.Object(
            [KeyValuePair.Create("Name", Json.Text(by.Filter)), KeyValuePair.Create("Values", Json.List([Json.Text(resource.Id)]))]);
        var output = await aws.CallAsync(by.Operation, Json.Object([KeyValuePair.Create("Filters", Json.List([filter]))]), ct);
        JsonElement[] found = [.. Items(output.Member(by.List)).Where(item => item.TextOf(by.Id) == resource.Id)];
        return found is [var only]
            ? Tags(only.Member("TagList"))
            : throw new AwsException(
                by.Operation, "NotUnique", 0, "", $"The policy looks at tags, and {found.Length} resources have the id {resource.Id}.");
    }

    private static async Task<ImmutableDictionary<string, string>> ByArnAsync(IAws aws, ResourceKey resource, CancellationToken ct)
    {
        var arn = ResourceArns.Of(resource, AwsPartition.Of(resource.Region).Name) ?? await RecordedArnAsync(aws, resource, ct);
        var input = Json.Object([KeyValuePair.Create("ResourceARNList", Json.List([Json.Text(arn)]))]);
        var output = await aws.CallAsync("resourcegroupstaggingapi:GetResources", input, ct);
        return Items(output.Member("ResourceTagMappingList")).FirstOrDefault() is { ValueKind: JsonValueKind.Object } mapping
            ? Tags(mapping.Member("Tags"))
            : ImmutableDictionary<string, string>.Empty;
    }

    private static async Task<string> RecordedArnAsync(IAws aws, ResourceKey resource, CancellationToken ct) =>
        (await LatestItem.OfAsync(aws, resource, ct)).TextOf("arn")
            ?? throw new AwsException(
                "tag:GetResources",
                "UnknownArn",
                0,
                "",
                $"The policy looks at tags, and the ARN of this {resource.Type} neither follows from its id nor is recorded by AWS Config."
            );

    private static ImmutableDictionary<string, string> Tags(JsonElement list) =>
        Items(list).ToImmutableDictionary(t => t.TextOf("Key") ?? "", t => t.TextOf("Value") ?? "");

    private static JsonElement.ArrayEnumerator Items(JsonElement list) =>
        list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : default;

    /// <summary>How a resource is described by the id that Config has for it.</summary>
    private readonly record struct Description(string Operation, string Filter, string List, string Id);
}
