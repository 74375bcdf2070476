using Amazon.Runtime;

namespace Remediator.Aws.Sdk;

/// <summary>One connection pool for all services of a client.</summary>
internal sealed class SharedHttp : HttpClientFactory, IDisposable
{
    private readonly HttpClient http;

    public SharedHttp(HttpMessageHandler? handler, TimeSpan timeout)
    {
        http = new HttpClient(handler ?? NewHandler(), disposeHandler: handler is null) { Timeout = timeout };
    }

    /// <summary>A connection pool that follows no redirects: a signature is valid for one host only.</summary>
    public static HttpMessageHandler NewHandler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => http.Dispose();
}
