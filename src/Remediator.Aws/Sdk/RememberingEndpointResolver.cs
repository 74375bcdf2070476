using System.Collections.Concurrent;

namespace Remediator.Aws.Sdk;

/// <summary>Resolves an endpoint of one service once for each region and set of parameters: the rules give the same every time.</summary>
internal sealed class RememberingEndpointResolver(IEndpointResolver resolver) : IEndpointResolver
{
    /// <summary>Buckets and tables are parameters: a process that meets very many starts anew rather than keeping them all.</summary>
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

    // With its length, so that no value can pass for two: names of resources come from outside.
    private static string Text(object value) =>
        value is string[] list ? $"{list.Length}[{string.Concat(list.Select(Text))}]" : $"{$"{value}".Length}:{value}";
}
