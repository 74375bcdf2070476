using System.Text.Json;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>The region of a bucket, as S3 reports it in responses from other regions.</summary>
internal static class S3Regions
{
    /// <summary>The bucket of a call; null for other calls and for ARNs, which contain their region.</summary>
    public static string? BucketOf(OperationModel operation, JsonElement input) =>
        operation.Service.Name == "s3" && InputValue.TryGet(input, "Bucket", out var bucket) && bucket.GetString() is { } name
            && !name.StartsWith("arn:", StringComparison.Ordinal)
            ? name
            : null;

    /// <summary>The region to call instead; null if the error is not a redirect.</summary>
    public static string? RedirectOf(OperationModel operation, ServiceFault fault, string from)
    {
        var isRedirect = fault.Error.Code is "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed"
            || fault.Response.Status is 301 or 302 or 307
            || (fault.Error.Code == "IllegalLocationConstraintException" && operation.Name != "CreateBucket")
            || (operation.Http.Method == "HEAD" && fault.Response.Status == 400);
        var region = isRedirect ? fault.Response.Header("x-amz-bucket-region") ?? RegionInBody(fault.Response) : null;
        return region == from ? null : region;
    }

    private static string? RegionInBody(WireResponse response)
    {
        try
        {
            return XmlTree.TryRead(response.Body, out var tree) ? tree.Root.ChildText("Region") : null;
        }
        catch (MalformedResponseException)
        {
            // The original error is reported instead.
            return null;
        }
    }
}
