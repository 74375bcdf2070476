using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;
using Remediator.Aws;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;
using Remediator.Aws.Sdk;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>
/// A case of the SigV4 suite. The oracle's signature must be the suite's. The client's signer also signs a hash of the body;
/// its signature must be the oracle's for the same request.
/// </summary>
internal static class SigningCase
{
    public static Task<CaseVerdict> RunAsync(JsonElement testCase)
    {
        var verdict = new CaseVerdict($"sigv4:{testCase.GetProperty("id").GetString()}", "sigv4", "signature", CaseEnd.Passed);
        return CaseRun.RunAsync(verdict, testCase, () => Task.FromResult(Difference(testCase)));
    }

    private static string? Difference(JsonElement testCase)
    {
        var request = Read(testCase);
        var credentials = testCase.GetProperty("credentials");
        var date = testCase.GetProperty("date").GetString()!;
        string[] scope =
        [
            date[..8],
            testCase.GetProperty("region").GetString()!,
            testCase.GetProperty("service").GetString()!,
            "aws4_request",
        ];
        return Oracle(testCase.GetProperty("expect"), request, scope, date, credentials.GetProperty("secret_key").GetString()!)
            ?? Client(request, scope, date, credentials);
    }

    private static string? Client(SentRequest request, string[] scope, string date, JsonElement credentials)
    {
        // The client cannot send such a path: labels of dots are rejected outside S3.
        if (request.Path.Contains("/.", StringComparison.Ordinal) && !request.Path.StartsWith("/-.", StringComparison.Ordinal))
        {
            return null;
        }

        var sdk = ToSdk(request, scope);
        var signedAt = DateTime.ParseExact(
            date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        using var http = new SharedHttp(null, TimeSpan.FromSeconds(1));
        var config = new ServiceConfig(Service(scope[2]), scope[1], new AwsClientOptions(), http);
        var (key, secret) = (credentials.GetProperty("access_key").GetString(), credentials.GetProperty("secret_key").GetString()!);
        var result = new ExactSigner().Sign(sdk, config, new ImmutableCredentials(key, secret, null), signedAt);
        var headers = sdk.Headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
        var canonical = SigningOracle.Canonical(request with { Headers = headers }, result.SignedHeaders.Split(';'), doubleEncodes: true);
        var expected = SigningOracle.Sign(secret, scope, date, canonical);
        return result.Signature == expected ? null : $"the client signs something else than\n{canonical}";
    }

    private static ServiceModel Service(string name) => ServiceModel.Read(
        name, Encoding.UTF8.GetBytes(
            $$"""{"operations":{"Call":{ } },"shapes":{ },"metadata":{"protocol":"rest-json","endpointPrefix":"{{name}}"} }"""));

    private static CallRequest ToSdk(SentRequest request, string[] scope)
    {
        var operation = Service(scope[2]).Operation("Call")!;
        var call = new ServiceCall(
            operation, JsonElement.Parse("{}"), scope[1], new AnonymousAWSCredentials(), new TokenSource(() => ""));
        var sdk = new CallRequest(call)
        {
            HttpMethod = request.Method,
            Endpoint = new Uri($"https://{request.Host}"),
            ResourcePath = Uri.UnescapeDataString(request.Path),
            UseQueryString = true,
            AuthenticationRegion = scope[1],
            OverrideSigningServiceName = scope[2],
        };
        foreach (var (name, value) in request.Headers)
        {
            sdk.Headers[name] = value;
        }

        AddQuery(request, sdk);
        sdk.Content = request.Body.Length > 0 ? request.Body : null;
        return sdk;
    }

    private static void AddQuery(SentRequest request, CallRequest sdk)
    {
        var pairs = request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2));
        foreach (var group in pairs.GroupBy(pair => pair[0], pair => pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : ""))
        {
            if (group.Skip(1).Any())
            {
                sdk.ParameterCollection.Add(group.Key, group.ToList());
            }
            else
            {
                sdk.ParameterCollection.Add(group.Key, group.First());
            }
        }
    }

    private static string? Oracle(JsonElement expect, SentRequest request, string[] scope, string date, string secret)
    {
        var names = request.Headers.Keys.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal).ToArray();
        var canonical = SigningOracle.Canonical(request, names, doubleEncodes: true);
        var signature = SigningOracle.Sign(secret, scope, date, canonical);
        return expect.GetProperty("canonical_request").GetString() == canonical
            && expect.GetProperty("string_to_sign").GetString() == SigningOracle.StringToSign(scope, date, canonical)
            && expect.GetProperty("authorization").GetString()!.EndsWith($"Signature={signature}", StringComparison.Ordinal)
            ? null
            : $"canonical request: expected\n{expect.GetProperty("canonical_request").GetString()}\nis\n{canonical}";
    }

    private static SentRequest Read(JsonElement testCase)
    {
        var line = testCase.GetProperty("request_line").GetString()!.Split(' ');
        var mark = line[1].IndexOf('?', StringComparison.Ordinal);
        var headers = ReadHeaders(testCase.GetProperty("raw_header_lines"));
        return new SentRequest(
            line[0], "https", headers["Host"], mark < 0 ? line[1] : line[1][..mark], mark < 0 ? "" : line[1][(mark + 1)..], headers,
            Encoding.UTF8.GetBytes(testCase.GetProperty("body").GetString()!));
    }

    private static Dictionary<string, string> ReadHeaders(JsonElement lines)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var last = "";
        foreach (var line in lines.EnumerateArray().Select(line => line.GetString()!).Where(line => line.Length > 0))
        {
            if (line[0] is ' ' or '\t')
            {
                headers[last] += " " + line.Trim();
                continue;
            }

            last = line[..line.IndexOf(':', StringComparison.Ordinal)];
            var value = line[(last.Length + 1)..];
            headers[last] = headers.TryGetValue(last, out var known) ? $"{known},{value}" : value;
        }

        return headers;
    }
}
