using Remediator.Aws.Models;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>What the emulator's IAM calls an operation.</summary>
/// <remarks>
/// It knows an operation's own name where AWS has actions of other names. S3's come from a table, and what that table does not know is
/// checked as the least of its kind: a write of any setting of a bucket as CreateBucket, a read as ListBucket.
/// </remarks>
internal static class EmulatorActions
{
    private static readonly Dictionary<string, string> OfBuckets = new(StringComparer.Ordinal)
    {
        ["GET uploads"] = "ListBucketMultipartUploads",
        ["GET location"] = "GetBucketLocation",
        ["GET lifecycle"] = "GetLifecycleConfiguration",
        ["GET versioning"] = "GetBucketVersioning",
        ["GET policy"] = "GetBucketPolicy",
        ["GET website"] = "GetBucketWebsite",
        ["GET acl"] = "GetBucketAcl",
        ["GET tagging"] = "GetBucketTagging",
        ["GET logging"] = "GetBucketLogging",
        ["GET cors"] = "GetBucketCORS",
        ["GET notification"] = "GetBucketNotification",
        ["GET accelerate"] = "GetAccelerateConfiguration",
        ["GET versions"] = "ListBucketVersions",
        ["GET"] = "ListBucket",
        ["PUT lifecycle"] = "PutLifecycleConfiguration",
        ["PUT versioning"] = "PutBucketVersioning",
        ["PUT policy"] = "PutBucketPolicy",
        ["PUT website"] = "PutBucketWebsite",
        ["PUT acl"] = "PutBucketAcl",
        ["PUT tagging"] = "PutBucketTagging",
        ["PUT logging"] = "PutBucketLogging",
        ["PUT cors"] = "PutBucketCORS",
        ["PUT notification"] = "PutBucketNotification",
        ["PUT accelerate"] = "PutAccelerateConfiguration",
        ["PUT"] = "CreateBucket",
        ["DELETE lifecycle"] = "PutLifecycleConfiguration",
        ["DELETE policy"] = "DeleteBucketPolicy",
        ["DELETE website"] = "DeleteBucketWebsite",
        ["DELETE tagging"] = "PutBucketTagging",
        ["DELETE cors"] = "PutBucketCORS",
        ["DELETE"] = "DeleteBucket",
        ["HEAD"] = "HeadBucket",
    };

    public static string Of(string operation)
    {
        var model = ModelCatalog.Find(operation) ?? throw new ArgumentException($"There is no operation {operation}.", nameof(operation));
        return $"{model.Service.Metadata.SigningName}:{(model.Service.Name is "s3" ? OfBucket(model) : model.Name)}";
    }

    private static string OfBucket(OperationModel model)
    {
        var query = model.Path.Split('?') is [_, var asked] ? asked.Split('&', '=')[0] : "";
        return OfBuckets.GetValueOrDefault($"{model.Method} {query}") ?? OfBuckets.GetValueOrDefault(model.Method) ?? model.Name;
    }
}
