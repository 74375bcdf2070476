using Remediator.Aws.Models;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>The emulator's IAM action for an operation.</summary>
/// <remarks>
/// It uses the operation's name where AWS's action has another name. For S3 it does not see which setting a request is about, and uses
/// the method: any write of a bucket's setting is CreateBucket, any read ListBucket.
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
