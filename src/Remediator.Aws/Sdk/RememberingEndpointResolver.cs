using System.Collections.Concurrent;

namespace Remediator.Aws.Sdk;

/// <summary>Caches the endpoints of one service by region and parameters: the rules always give the same result for them.</summary>
internal sealed class RememberingEndpointResolver(IEndpointResolver resolver) : IEndpointResolver
{
    /// <summary>Buckets and tables are parameters, so the cache is emptied when it is full.</summary>
    private const int MostKept = 1000;
    private readonly ConcurrentDictionary<string, ResolvedEndpoint> known = new(StringComparer.Ordinal);

    public ResolvedEndpoint Resolve(EndpointRequest request)
    {
        var key = Key(request);
        if (known.TryGetValue(key, out var endpoint))
        {
            return endpoint;
        }

        if (known.Count >= MostKept)
        {
            known.Clear();
        }

        return known[key] = resolver.Resolve(request);
    }

    private static string Key(EndpointRequest request) => request.Parameters.Count == 0
        ? request.Region
        : string.Concat([Text(request.Region), .. request.Parameters.Select(pair => $"{pair.Key}={Text(pair.Value)}")]);

    // The length comes first so that two different sets of values never give the same key: resource names come from outside.
    private static string Text(object value) =>
        value is string[] list ? $"{list.Length}[{string.Concat(list.Select(Text))}]" : $"{$"{value}".Length}:{value}";
}
