using Amazon.Runtime;

namespace Remediator.Aws.Sdk;

/// <summary>One connection pool for all services of a client.</summary>
internal sealed class SharedHttp : HttpClientFactory, IDisposable
{

    public SharedHttp(HttpMessageHandler? handler, TimeSpan timeout)
    {
        Client = new HttpClient(handler ?? NewSockets(), disposeHandler: handler is null)
        {
            Timeout = timeout,
            MaxResponseContentBufferSize = WebCall.MostBytes,
        };
    }

    public HttpClient Client { get; }

    /// <summary>A connection pool that follows no redirects: a signature is valid for one host only.</summary>
    public static SocketsHttpHandler NewSockets() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => Client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => Client.Dispose();
}
