using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Remediator.Aws.Sdk;

/// <summary>Sends a signed request, and waits for the whole answer.</summary>
internal static class WebCall
{
    /// <summary>More than any response about settings needs; small enough for the memory of a small function.</summary>
    internal const int MostBytes = 64 * 1024 * 1024;

    /// <exception cref="IOException">The answer did not arrive in time, broke off, or is too large.</exception>
    public static async Task<WebAnswer> SendAsync(HttpClient http, IRequest request, CancellationToken ct)
    {
        using var message = Message(request);
        try
        {
            var response = await http.SendAsync(message, HttpCompletionOption.ResponseContentRead, ct);
            return new WebAnswer(response, await response.Content.ReadAsByteArrayAsync(ct));
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new IOException($"The response did not arrive within {http.Timeout.TotalSeconds} seconds.", late);
        }
        catch (HttpRequestException large) when (large.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new IOException($"The response is larger than {http.MaxResponseContentBufferSize} bytes.", large);
        }
    }

    private static HttpRequestMessage Message(IRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.HttpMethod), AmazonServiceClient.ComposeUrl(request))
        {
            Content = request.HasRequestBody() ? new ByteArrayContent(request.Content) : null,
        };
        message.Content?.Headers.ContentLength = request.Content.Length;
        foreach (var (name, value) in request.Headers)
        {
            // What does not belong to the request itself describes its content.
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
