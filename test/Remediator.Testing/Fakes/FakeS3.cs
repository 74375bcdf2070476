using System.Text.Json;
using Remediator.Values;

namespace Remediator.Testing.Fakes;

/// <summary>Buckets and their settings.</summary>
internal sealed class FakeS3
{
    private readonly Dictionary<string, Dictionary<string, JsonElement>> _buckets = new(StringComparer.Ordinal);

    public FakeS3(FakeAws aws)
    {
        aws.On("s3:CreateBucket", input => Done(_buckets[Name(input)] = new(StringComparer.Ordinal)));
        aws.On("s3:ListBuckets", _ => Json.Object([KeyValuePair.Create("Buckets", Json.List(_buckets.Keys.Select(Listed)))]));
        aws.On("s3:DeleteBucket", input => Done(_buckets.Remove(Name(input))));
        Setting(aws, "PublicAccessBlock", "PublicAccessBlockConfiguration", "NoSuchPublicAccessBlockConfiguration", wrapped: true);
        Setting(
            aws, "BucketEncryption", "ServerSideEncryptionConfiguration", "ServerSideEncryptionConfigurationNotFoundError", wrapped: true);
        Setting(aws, "BucketWebsite", "WebsiteConfiguration", "NoSuchWebsiteConfiguration", wrapped: false);
        Setting(aws, "BucketTagging", "Tagging", "NoSuchTagSet", wrapped: false);
        Setting(aws, "BucketPolicy", "Policy", "NoSuchBucketPolicy", wrapped: true);
        Setting(aws, "BucketVersioning", "VersioningConfiguration", absent: null, wrapped: false);
        aws.On("s3control:TagResource", input => Tagged(input, [.. input.Member("Tags").EnumerateArray()]));
        aws.On("s3control:UntagResource", input => Tagged(input, []));
        aws.On("resourcegroupstaggingapi:GetResources", Tags);
    }

    private static JsonElement Done<T>(T ignored) => Json.EmptyObject;

    private static JsonElement Listed(string name) => Json.Object([KeyValuePair.Create("Name", Json.Text(name))]);

    /// <summary>By a policy of the bucket that denies everybody this one action.</summary>
    private bool Denies(JsonElement input, string action) =>
        _buckets.GetValueOrDefault(Name(input))?.GetValueOrDefault("BucketPolicy") is { ValueKind: JsonValueKind.String } policy
        && Json.Parse(policy.GetString()!).Member("Statement").EnumerateArray()
            .Any(s => s.TextOf("Effect") is "Deny" && s.TextOf("Principal") is "*" && s.TextOf("Action") == action);

    private static string Name(JsonElement input) =>
        input.TextOf("Bucket") ?? throw new InvalidOperationException("A call of S3 without a bucket.");

    private void Setting(FakeAws aws, string name, string member, string? absent, bool wrapped)
    {
        aws.On($"s3:Put{name}", input => Denies(input, $"s3:Put{name}")
            ? throw FakeAws.Error($"s3:Put{name}", "AccessDenied", 403)
            : Done(Bucket($"s3:Put{name}", input)[name] = input.Member(member).Clone()));
        aws.On($"s3:Delete{name}", input => Done(Bucket($"s3:Delete{name}", input).Remove(name)));
        aws.On($"s3:Get{name}", input =>
        {
            if (Bucket($"s3:Get{name}", input).TryGetValue(name, out var value))
            {
                return wrapped ? Json.Object([KeyValuePair.Create(member, value)]) : value;
            }

            return absent is null ? Json.EmptyObject : throw FakeAws.Error($"s3:Get{name}", absent, 404);
        });
    }

    private Dictionary<string, JsonElement> Bucket(string operation, JsonElement input) =>
        _buckets.TryGetValue(Name(input), out var bucket) ? bucket : throw FakeAws.Error(operation, "NoSuchBucket", 404);

    /// <summary>Adds tags, replacing those with the same keys, and removes the named ones.</summary>
    private JsonElement Tagged(JsonElement input, JsonElement[] tags)
    {
        var arn = input.TextOf("ResourceArn") ?? "";
        if (!_buckets.TryGetValue(arn[(arn.LastIndexOf(':') + 1)..], out var bucket))
        {
            throw FakeAws.Error("s3control:TagResource", "NoSuchResource", 404);
        }

        var keys = input.Member("TagKeys");
        var gone = tags.Select(t => t.TextOf("Key")).Concat(keys.IsList() ? keys.EnumerateArray().Select(k => k.GetString()) : [])
            .ToHashSet();
        var set = bucket.GetValueOrDefault("BucketTagging").Member("TagSet");
        JsonElement[] left = [.. (set.IsList() ? set.EnumerateArray() : default).Where(t => !gone.Contains(t.TextOf("Key"))), .. tags];
        if (left is [])
        {
            bucket.Remove("BucketTagging");
        }
        else
        {
            bucket["BucketTagging"] = Json.Object([KeyValuePair.Create("TagSet", Json.List(left))]).Clone();
        }

        return Json.EmptyObject;
    }

    private JsonElement Tags(JsonElement input)
    {
        var arn = input.Member("ResourceARNList")[0].GetString()!;
        var tags = _buckets.GetValueOrDefault(arn[(arn.LastIndexOf(':') + 1)..])?.GetValueOrDefault("BucketTagging")
            .Member("TagSet") ?? Json.Null;
        return tags.IsNull()
            ? Json.Parse("""{"ResourceTagMappingList":[]}""")
            : Json.Object([KeyValuePair.Create("ResourceTagMappingList", Json.List([Json.Object([KeyValuePair.Create("Tags", tags)])]))]);
    }
}
