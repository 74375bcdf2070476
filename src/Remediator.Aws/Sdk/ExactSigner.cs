using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;

namespace Remediator.Aws.Sdk;

/// <summary>
/// The SDK's signer, except for queries that it signs wrongly: it sorts the values of a repeated name before it escapes them,
/// its sort of longer queries is not stable, and it escapes names for the signature but not in the URL.
/// </summary>
internal sealed class ExactSigner : AWS4Signer
{
    /// <summary>Up to this many pairs the SDK's sort is in effect stable.</summary>
    private const int SafeCount = 16;

    public AWS4SigningResult Sign(IRequest request, IClientConfig config, ImmutableCredentials keys, DateTime now)
    {
        if (IsBeyondTheSdk(request))
        {
            return SignAt(now, request, config, keys);
        }

        Authorise(request, keys);
        var result = SignRequest(request, config, new RequestMetrics(), keys.AccessKey, keys.SecretKey, now);
        request.Headers["Authorization"] = result.ForAuthorizationHeader;
        return result;
    }

    internal static bool IsBeyondTheSdk(IRequest request)
    {
        var given = request.ParameterCollection;
        return given.Count + request.SubResources.Count > SafeCount
            || given.Any(pair => pair.Value is not StringParameterValue || pair.Key.Contains('%', StringComparison.Ordinal));
    }

    internal static AWS4SigningResult SignAt(DateTime now, IRequest request, IClientConfig config, ImmutableCredentials credentials)
    {
        Authorise(request, credentials);
        var signedAt = InitializeHeaders(request.Headers, request.Endpoint, now);
        var bodyHash = SetRequestBodyHash(request, signPayload: true, null, 0);
        var headers = SortAndPruneHeaders(request.Headers);
        var canonical = CanonicalizeRequest(
            request.Endpoint,
            request.ResourcePath,
            request.HttpMethod,
            headers,
            Query(request),
            bodyHash,
            request.PathResources,
            request.UseDoubleEncoding);
        var service = request.OverrideSigningServiceName ?? DetermineService(config, request);
        var result = ComputeSignature(
            credentials,
            request.AuthenticationRegion,
            signedAt,
            service,
            CanonicalizeHeaderNames(headers),
            canonical);
        request.AWS4SignerResult = result;
        request.Headers["Authorization"] = result.ForAuthorizationHeader;
        return result;
    }

    private static void Authorise(IRequest request, ImmutableCredentials credentials)
    {
        request.Headers.Remove("Authorization");
        if (credentials.UseToken)
        {
            request.Headers["X-Amz-Security-Token"] = credentials.Token;
        }
    }

    private static string Query(IRequest request) => string.Join('&', Pairs(request)
        .OrderBy(pair => pair.Name, StringComparer.Ordinal)
        .ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    private static IEnumerable<(string Name, string Value)> Pairs(IRequest request) =>
        request.SubResources.Select(pair => (pair.Key, pair.Value ?? ""))
            .Concat(request.ParameterCollection.GetSortedParametersList().Select(pair => (pair.Key, Uri.EscapeDataString(pair.Value))));
}
