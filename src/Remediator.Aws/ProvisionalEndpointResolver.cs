namespace Remediator.Aws;

/// <summary>The endpoints that follow the common pattern, and the global services.</summary>
internal sealed class ProvisionalEndpointResolver : IEndpointResolver
{
    private static readonly string[] Global =
        ["iam", "route53", "cloudfront", "organizations", "account", "ce", "shield", "support", "waf", "budgets", "savingsplans"];

    public ResolvedEndpoint Resolve(EndpointRequest request)
    {
        var metadata = request.Service.Metadata;
        var (suffix, home) = Partition(request.Region);
        var isGlobal = Global.Contains(request.Service.Name);
        var region = request.Region == "aws-global" || isGlobal ? home : request.Region;
        var name = request.Service.Name == "s3control" ? "s3" : metadata.SigningName;
        var isS3 = name == "s3";
        var url = request.Override ?? new Uri(
            isGlobal && home == "us-east-1" ? $"https://{metadata.EndpointPrefix}.{suffix}" : $"https://{metadata.EndpointPrefix}.{region}.{suffix}");
        if (request.Parameters.TryGetValue("Bucket", out var bucket) && request.Service.Name == "s3")
        {
            url = WithBucket(url, (string)bucket, request);
        }

        return new ResolvedEndpoint(url, region, name, DoubleEncodes: !isS3);
    }

    private static Uri WithBucket(Uri url, string bucket, EndpointRequest request)
    {
        var isPath = request.Override is not null || bucket.Contains('.', StringComparison.Ordinal) || request.Parameters.ContainsKey("ForcePathStyle");
        return isPath ? new Uri($"{url.AbsoluteUri.TrimEnd('/')}/{bucket}") : new Uri($"{url.Scheme}://{bucket}.{url.Authority}");
    }

    private static (string Suffix, string Home) Partition(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => ("amazonaws.com.cn", "cn-northwest-1"),
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => ("amazonaws.com", "us-gov-west-1"),
        _ => ("amazonaws.com", "us-east-1"),
    };
}
