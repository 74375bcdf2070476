using Amazon.Runtime.Internal;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>Sets a request's endpoint and how it is signed.</summary>
internal sealed class Addressing(ServiceConfig config)
{
    private readonly RememberingEndpointResolver resolver = new(config.Options.EndpointResolver ?? new RuleEndpointResolver());

    public void Address(ServiceCall call, IRequest request)
    {
        var settings = config.Options.Endpoints;
        var custom = settings.Of(config.Service.Name);
        var parameters = ContextParams.Of(call.Operation, call.Input, config.Options.ClientContextParams, custom is not null);
        var endpoint = resolver.Resolve(new EndpointRequest(
            config.Service, call.Region, parameters, settings.UseFips, settings.UseDualStack, custom));

        var takesPrefix = custom is null || config.Options.PrefixesCustomHosts;
        var authority = takesPrefix ? WithPrefix(endpoint.Url.Authority, request.HostPrefix) : WithoutPrefix(
            endpoint.Url.Authority, request.HostPrefix);
        request.Endpoint = new Uri($"{endpoint.Url.Scheme}://{authority}");
        request.ResourcePath = Join(endpoint.Url.AbsolutePath, OwnPath(call.Operation, request.ResourcePath));
        request.AuthenticationRegion = endpoint.SigningRegion;
        request.OverrideSigningServiceName = endpoint.SigningName;
        request.UseDoubleEncoding = endpoint.DoubleEncodes;
    }

    // Some rule sets add the prefix to the host themselves; s3control's do so even for a custom endpoint.
    private static string WithPrefix(string authority, string? prefix) =>
        prefix is null || Has(authority, prefix) ? authority : prefix + authority;

    private static string WithoutPrefix(string authority, string? prefix) =>
        prefix is not null && Has(authority, prefix) ? authority[prefix.Length..] : authority;

    private static bool Has(string authority, string prefix) => authority.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    // S3's endpoints have the bucket in the host or the path; the operation must not add it again.
    private static string OwnPath(OperationModel operation, string path) =>
        operation.Service.Name == "s3" && path.StartsWith("/{Bucket}", StringComparison.Ordinal) ? path["/{Bucket}".Length..] : path;

    private static string Join(string first, string second)
    {
        var joined = Uri.UnescapeDataString(first).TrimEnd('/') + second;
        return joined.Length == 0 ? "/" : joined;
    }
}
