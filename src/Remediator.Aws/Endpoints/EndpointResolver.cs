using System.Collections.Concurrent;

namespace Remediator.Aws.Endpoints;

/// <summary>
/// Finds the endpoint of a service by the rules that AWS publishes for it. Each service's rules are loaded at its first use.
/// </summary>
public static class EndpointResolver
{
    private static readonly ConcurrentDictionary<string, RuleSet> Loaded = new(StringComparer.Ordinal);

    /// <summary>Whether this assembly has the rules of a service.</summary>
    public static bool Carries(string service) => Find(service) is not null;

    /// <summary>
    /// The endpoint of a call with these parameters. Settings come from the caller: nothing is read from the environment.
    /// </summary>
    /// <param name="service">The service by its boto3 name: <c>s3</c>, <c>stepfunctions</c>, <c>events</c>, …</param>
    /// <exception cref="AwsEndpointException">
    /// The rules give no endpoint, a parameter is wrong, or the service has no rules here.
    /// </exception>
    public static ResolvedEndpoint Resolve(string service, EndpointParameters parameters)
    {
        var rules = Find(service) ?? throw new AwsEndpointException(service, "the endpoint rules of this service are not carried.");
        var match = rules.Evaluate(parameters);
        var region = parameters.Find("Region") as string;
        Check(service, region, match.Url);
        var scheme = Array.Find(match.AuthSchemes, s => s.Name == "sigv4") ?? match.AuthSchemes.FirstOrDefault();
        return new ResolvedEndpoint(
            match.Url,
            scheme?.SigningName ?? rules.SigningName,
            SigningRegion(scheme, region),
            match.Headers,
            scheme?.DisableDoubleEncoding ?? false,
            scheme?.Name);
    }

    internal static RuleSet? Find(string service)
    {
        if (Loaded.TryGetValue(service, out var known))
        {
            return known;
        }

        return EndpointData.Rules(service) is { } text ? Loaded.GetOrAdd(service, new RuleSet(text)) : null;
    }

    // Most rules put the region and a custom endpoint into the URL unchecked; a region comes from events and must not become another host.
    private static void Check(string service, string? region, string url)
    {
        if (region is not null && !HostLabel.IsValid(region, allowSubDomains: false))
        {
            throw new AwsEndpointException(service, $"Invalid region: '{region}' is not a valid DNS name.");
        }

        // The rules check the parts of a host name, and not what they put together: a label may still begin with a hyphen.
        if (ParsedUrl.Parse(url) is null || !Uri.TryCreate(url, UriKind.Absolute, out _))
        {
            throw new AwsEndpointException(service, $"Invalid endpoint: '{url}' is not an http or https URL without query.");
        }
    }

    private static string SigningRegion(AuthScheme? scheme, string? region)
    {
        if (scheme?.SigningRegion is { } named)
        {
            return named;
        }

        if (scheme?.SigningRegionSet is { } set)
        {
            return string.Join(',', set);
        }

        // Names such as aws-global stand for a whole partition; they are never the region of a signature.
        return region is not null && region.EndsWith("-global", StringComparison.Ordinal)
            ? AwsPartition.Of(region).ImplicitGlobalRegion
            : region ?? "";
    }
}
