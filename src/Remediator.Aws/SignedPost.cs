using System.Net.Http.Headers;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SecurityToken;
using Remediator.Aws.Sdk;

namespace Remediator.Aws;

/// <summary>Posts JSON to an address that asks for a signature of AWS, as the URL of a function does.</summary>
public sealed class SignedPost(AWSCredentials credentials, string region, TimeProvider clock, HttpMessageHandler? handler = null)
{
    private const string Service = "lambda";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <returns>The status, and the body of the answer.</returns>
    /// <exception cref="AwsException">There was no answer.</exception>
    public async Task<(int Status, string Body)> SendAsync(Uri url, string json, CancellationToken ct)
    {
        using var http = new HttpClient(handler ?? SharedHttp.NewSockets(), disposeHandler: handler is null) { Timeout = Longest };
        using var request = Signed(url, Encoding.UTF8.GetBytes(json), await credentials.GetCredentialsAsync());
        try
        {
            using var answer = await http.SendAsync(request, ct);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
        }
        catch (HttpRequestException e)
        {
            throw new AwsException("lambda:InvokeFunctionUrl", "NoAnswer", 0, "", e.Message, e) { Fault = AwsFault.Transient };
        }
    }

    private HttpRequestMessage Signed(Uri url, byte[] body, ImmutableCredentials keys)
    {
        var signed = new DefaultRequest(new Nothing(), Service)
        {
            HttpMethod = "POST",
            Endpoint = url,
            ResourcePath = "/",
            Content = body,
            AuthenticationRegion = region,
            OverrideSigningServiceName = Service,
        };
        ExactSigner.SignAt(clock.GetUtcNow().UtcDateTime, signed, new AmazonSecurityTokenServiceConfig(), keys);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in signed.Headers.Where(h => !h.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private sealed class Nothing : AmazonWebServiceRequest;
}
