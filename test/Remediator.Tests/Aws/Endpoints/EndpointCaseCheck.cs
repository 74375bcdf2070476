using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws.Endpoints;

namespace Remediator.Tests.Aws.Endpoints;

/// <summary>
/// Compares the result of the rules with what a case expects: URL, headers, every authentication scheme, other properties, or the error.
/// </summary>
internal static class EndpointCaseCheck
{
    /// <summary>Null if the case passes, otherwise the difference.</summary>
    internal static string? Run(EndpointCase @case)
    {
        try
        {
            var match = EndpointResolver.Find(@case.Service)!.Evaluate(@case.Parameters);
            var resolved = EndpointResolver.Resolve(@case.Service, @case.Parameters);
            return Difference(@case, Describe(match)) ?? DifferenceOfResolved(match, resolved);
        }
        catch (AwsEndpointException e)
        {
            return Difference(@case, new JsonObject { ["error"] = e.Reason });
        }
    }

    private static string? Difference(EndpointCase @case, JsonObject actual)
    {
        var expected = Normalize(JsonNode.Parse(@case.Expect.GetRawText())!.AsObject());
        return JsonNode.DeepEquals(expected, actual) ? null : $"expected {expected.ToJsonString()}, got {actual.ToJsonString()}";
    }

    // A single text and a list of one are the same property.
    private static JsonObject Normalize(JsonObject expect)
    {
        foreach (var (name, value) in expect["properties"]?.AsObject().ToArray() ?? [])
        {
            if (value is JsonValue)
            {
                expect["properties"]![name] = new JsonArray(value.DeepClone());
            }
        }

        return expect;
    }

    private static JsonObject Describe(EndpointMatch match)
    {
        var described = new JsonObject { ["url"] = match.Url };
        var properties = Lists(match.Properties);
        if (match.AuthSchemes is not [])
        {
            properties["authSchemes"] = new JsonArray([.. match.AuthSchemes.Select(Describe)]);
        }

        if (properties.Count > 0)
        {
            described["properties"] = properties;
        }

        if (match.Headers.Count > 0)
        {
            described["headers"] = Lists(match.Headers);
        }

        return described;
    }

    private static JsonObject Describe(AuthScheme scheme)
    {
        var described = new JsonObject { ["name"] = scheme.Name };
        AddIf(scheme.SigningName is not null, "signingName", scheme.SigningName);
        AddIf(scheme.SigningRegion is not null, "signingRegion", scheme.SigningRegion);
        AddIf(scheme.SigningRegionSet is not null, "signingRegionSet", List(scheme.SigningRegionSet ?? []));
        AddIf(scheme.DisableDoubleEncoding, "disableDoubleEncoding", true);
        return described;

        void AddIf(bool isThere, string name, JsonNode? value)
        {
            if (isThere)
            {
                described[name] = value;
            }
        }
    }

    private static JsonObject Lists(Dictionary<string, string[]> lists) =>
        new(lists.Select(list => KeyValuePair.Create(list.Key, (JsonNode?)List(list.Value))));

    private static JsonArray List(string[] items) => new([.. items.Select(item => JsonValue.Create(item))]);

    private static string? DifferenceOfResolved(EndpointMatch match, ResolvedEndpoint resolved)
    {
        var scheme = Array.Find(match.AuthSchemes, s => s.Name == "sigv4");
        var same = resolved.Url == match.Url
            && resolved.SigningName.Length > 0
            && (scheme is null || (resolved.AuthScheme == "sigv4"
                && (scheme.SigningName is null || scheme.SigningName == resolved.SigningName)
                && (scheme.SigningRegion is null || scheme.SigningRegion == resolved.SigningRegion)
                && scheme.DisableDoubleEncoding == resolved.DisableDoubleEncoding));
        return same ? null : $"the rules give {Describe(match).ToJsonString()}, resolved as {resolved}";
    }
}
