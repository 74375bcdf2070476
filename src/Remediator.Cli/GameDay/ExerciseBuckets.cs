using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Cli.Doctor;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.Cli.GameDay;

/// <summary>The buckets of an exercise: made, marked and removed here, and no other bucket is ever written to.</summary>
internal sealed class ExerciseBuckets(IAws aws, string account, string region, string exercise)
{
    /// <summary>The tag of what an exercise made; its value is the exercise.</summary>
    public const string Tag = "remediator:exercise";

    public const string Prefix = "remediator-exercise-";

    private readonly List<string> _made = [];

    /// <summary>What this exercise made and has not removed yet.</summary>
    public IReadOnlyList<string> Made => _made;

    /// <summary>A new, empty bucket with the tag. A new bucket has no versioning: it drifts from its first moment.</summary>
    public async Task<string> MakeAsync(string what, CancellationToken ct)
    {
        var bucket = $"{Prefix}{what}-{account}-{exercise}";
        var input = new JsonObject { ["Bucket"] = bucket };
        if (region is not "us-east-1")
        {
            input["CreateBucketConfiguration"] = new JsonObject { ["LocationConstraint"] = region };
        }

        await aws.SendAsync("s3:CreateBucket", input, ct);
        // From here on it is removed, whatever happens.
        _made.Add(bucket);
        await aws.SendAsync("s3:PutBucketTagging", new()
        {
            ["Bucket"] = bucket,
            ["Tagging"] = new JsonObject { ["TagSet"] = new JsonArray(new JsonObject { ["Key"] = Tag, ["Value"] = exercise }) },
        }, ct);
        return bucket;
    }

    public async Task<string> VersioningAsync(string bucket, CancellationToken ct) =>
        (await aws.SendAsync("s3:GetBucketVersioning", Named(bucket), ct)).TextOf("Status") ?? "never turned on";

    /// <summary>From now on S3 refuses everybody to change the versioning of this bucket.</summary>
    public Task DenyAsync(string bucket, CancellationToken ct) => aws.SendAsync("s3:PutBucketPolicy", new()
    {
        ["Bucket"] = Own(bucket),
        ["Policy"] = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray(new JsonObject
            {
                ["Sid"] = "RemediatorExercise",
                ["Effect"] = "Deny",
                ["Principal"] = "*",
                ["Action"] = "s3:PutBucketVersioning",
                ["Resource"] = $"arn:{Remediator.Aws.Endpoints.AwsPartition.Of(region).Name}:s3:::{bucket}",
            }),
        }.ToJsonString(),
    }, ct);

    public Task AllowAsync(string bucket, CancellationToken ct) => aws.SendAsync("s3:DeleteBucketPolicy", Named(Own(bucket)), ct);

    /// <summary>What an exercise before this one left: of its name, and with its tag.</summary>
    public async Task<(ImmutableArray<string> Remains, ImmutableArray<string> Untagged)> RemainsAsync(CancellationToken ct)
    {
        var listed = await aws.SendAsync("s3:ListBuckets", new() { ["Prefix"] = Prefix, ["BucketRegion"] = region }, ct);
        var (remains, untagged) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        foreach (var bucket in listed.Each("Buckets").Select(b => b.TextOf("Name") ?? ""))
        {
            if (bucket.StartsWith(Prefix, StringComparison.Ordinal))
            {
                (await IsTaggedAsync(bucket, ct) ? remains : untagged).Add(bucket);
            }
        }

        return (remains.ToImmutable(), untagged.ToImmutable());
    }

    /// <summary>Removes what an exercise made, and nothing that does not bear its tag or was not made here.</summary>
    public async Task RemoveAsync(string bucket, CancellationToken ct)
    {
        if (!_made.Contains(bucket) && !await IsTaggedAsync(bucket, ct))
        {
            throw new InvalidOperationException($"{bucket} has no tag {Tag}: it is not removed.");
        }

        // S3 removes an empty bucket only: what somebody put into it keeps it from being lost.
        await aws.SendAsync("s3:DeleteBucket", Named(bucket), ct);
        _made.Remove(bucket);
    }

    private string Own(string bucket) => _made.Contains(bucket)
        ? bucket
        : throw new InvalidOperationException($"{bucket} was not made by this exercise: it is not changed.");

    private async Task<bool> IsTaggedAsync(string bucket, CancellationToken ct)
    {
        try
        {
            var tags = await aws.SendAsync("s3:GetBucketTagging", Named(bucket), ct);
            return tags.Each("TagSet").Any(t => t.TextOf("Key") == Tag);
        }
        catch (AwsException e) when (e.Code is "NoSuchTagSet" or "NoSuchBucket" || e.Fault is AwsFault.Denied)
        {
            return false;
        }
    }

    private static JsonObject Named(string bucket) => new() { ["Bucket"] = bucket };
}
