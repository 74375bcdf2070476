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
    private const string Ec2 = "AWS::EC2::";
    private const string Instance = "AWS::RDS::DBInstance";
    private const string Cluster = "AWS::RDS::DBCluster";

    public Task<ImmutableDictionary<string, string>> ReadAsync(ResourceKey resource, CancellationToken ct)
    {
        var aws = accounts.For(resource.Account, resource.Region);
        return resource.Type switch
        {
            _ when resource.Type.StartsWith(Ec2, StringComparison.Ordinal) =>
                ec2.TagsAsync(resource.Account, resource.Region, resource.Id, ct),
            Instance =>
                DescribedAsync(aws, resource, new("rds:DescribeDBInstances", "dbi-resource-id", "DBInstances", "DbiResourceId"), ct),
            Cluster =>
                DescribedAsync(
                    aws, resource, new("rds:DescribeDBClusters", "db-cluster-resource-id", "DBClusters", "DbClusterResourceId"), ct),
            _ => ByArnAsync(aws, resource, ct),
        };
    }

    public bool IsOneCall(ResourceKey resource) =>
        resource.Type.StartsWith(Ec2, StringComparison.Ordinal) || resource.Type is Instance or Cluster
        || ResourceArns.Of(resource, AwsPartition.Of(resource.Region).Name) is not null;

    /// <summary>
    /// The tags in a resource's own description, of services where these are what is read here; null where that does not tell them. EC2
    /// leaves the list out where there are none, and where the description of a type has none.
    /// </summary>
    public static ImmutableDictionary<string, string>? Described(string type, JsonElement resource) => type switch
    {
        _ when type.StartsWith(Ec2, StringComparison.Ordinal) => Tags(resource.Member("Tags")) is { IsEmpty: false } tags ? tags : null,
        Instance or Cluster when resource.Member("TagList").IsList() => Tags(resource.Member("TagList")),
        _ => null,
    };

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
