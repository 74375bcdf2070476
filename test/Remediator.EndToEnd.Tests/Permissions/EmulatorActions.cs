using Remediator.Aws.Models;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>What the emulator's IAM calls an operation.</summary>
/// <remarks>
/// It knows an operation's own name where AWS has actions of other names. Of S3's it does not see which setting the address asks
/// for, and checks the method: a write of any setting of a bucket as CreateBucket, a read as ListBucket.
/// </remarks>
internal static class EmulatorActions
{
    public static IEnumerable<string> Of(string operation)
    {
        var model = ModelCatalog.Find(operation) ?? throw new ArgumentException($"There is no operation {operation}.", nameof(operation));
        string[] names = model.Service.Name is "s3"
            ?
            [
                .. OfBucket(model),
                model.Name,
                model.Name.Replace("Configuration", "", StringComparison.Ordinal),
                model.Name.Replace("Bucket", "", StringComparison.Ordinal),
            ]
            : [model.Name];
        return names.Select(name => $"{model.Service.Metadata.SigningName}:{name}");
    }

    private static string[] OfBucket(OperationModel model) => model.Method switch
    {
        "GET" => ["ListBucket", "ListObjects"],
        "HEAD" => ["HeadBucket"],
        "PUT" => ["CreateBucket"],
        "DELETE" => ["DeleteBucket"],
        _ => [],
    };
}
