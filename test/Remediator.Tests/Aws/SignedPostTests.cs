using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Microsoft.Extensions.Time.Testing;
using Remediator.Aws;

namespace Remediator.Tests.Aws;

public sealed class SignedPostTests
{
    private static readonly Uri Url = new("https://abc.lambda-url.eu-west-1.on.aws/");

    /// <summary>The signature is reckoned here by AWS's description of version 4.</summary>
    [Fact]
    public async Task Request_to_a_URL_is_signed_for_Lambda_in_the_region()
    {
        using var wire = new Recorder();
        var clock = new FakeTimeProvider(new(2026, 11, 25, 12, 30, 0, TimeSpan.Zero));
        var post = new SignedPost(new SessionAWSCredentials("AKID", "secret", "token"), "eu-west-1", clock, wire);

        var (status, body) = await post.SendAsync(Url, """{"a":1}""", CancellationToken.None);

        Assert.Equal((200, "ok"), (status, body));
        var signed = wire.Headers;
        Assert.Equal("20261125T123000Z", signed["X-Amz-Date"]);
        Assert.Equal("token", signed["X-Amz-Security-Token"]);
        var names = System.Text.RegularExpressions.Regex.Match(signed["Authorization"], "SignedHeaders=([^,]+)").Groups[1].Value;
        var canonical = string.Join(
            '\n',
            [
                "POST", "/", "",
                .. names.Split(';').Select(n => $"{n}:{(n is "host" ? Url.Host : signed[n])}"),
                "", names, Hash("""{"a":1}"""),
            ]);
        var text = $"AWS4-HMAC-SHA256\n20261125T123000Z\n20261125/eu-west-1/lambda/aws4_request\n{Hash(canonical)}";
        var key = new[] { "20261125", "eu-west-1", "lambda", "aws4_request" }
            .Aggregate(Encoding.UTF8.GetBytes("AWS4secret"), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        Assert.EndsWith(
            $"Signature={Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))}",
            signed["Authorization"],
            StringComparison.Ordinal);
        Assert.Contains("Credential=AKID/20261125/eu-west-1/lambda/aws4_request", signed["Authorization"], StringComparison.Ordinal);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed class Recorder : HttpMessageHandler
    {
        public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            foreach (var header in request.Headers)
            {
                Headers[header.Key] = string.Join(",", header.Value);
            }

            return Task.FromResult(new HttpResponseMessage { Content = new StringContent("ok") });
        }
    }
}
