using System.Text.Json;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>
/// The name of a bucket is anybody's once the bucket is deleted, in all of AWS. Calls about the bucket of an event say whose it has to be,
/// and S3 refuses them where it is another account's, whatever that account allows.
/// </summary>
internal static class BucketOwner
{
    public const string Member = "ExpectedBucketOwner";

    /// <summary>Calls about no bucket that is there.</summary>
    public static IReadOnlyList<string> Without { get; } = ["s3:CreateBucket", "s3:ListBuckets"];

    public static JsonElement Expected(ResourceKey resource, string operation, JsonElement input) =>
        resource.Type is "AWS::S3::Bucket"
        && operation.StartsWith("s3:", StringComparison.Ordinal)
        && !Without.Contains(operation)
        && input.TextOf("Bucket") is { } bucket
        && (resource.Id == bucket || resource.Id.EndsWith($":::{bucket}", StringComparison.Ordinal))
        && input.Member(Member).IsNull()
            ? Json.Object(input.EnumerateObject()
                .Select(m => KeyValuePair.Create(m.Name, m.Value))
                .Append(new(Member, Json.Text(resource.Account))))
            : input;
}
