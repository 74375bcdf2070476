using Amazon.Runtime;

namespace Remediator.Aws.Sdk;

/// <summary>One pool of connections for every service of a client.</summary>
internal sealed class SharedHttp : HttpClientFactory, IDisposable
{
    private readonly HttpClient http;

    public SharedHttp(HttpMessageHandler? handler, TimeSpan timeout)
    {
        // A redirect followed here would carry a signature made for another place.
        var owned = handler is null ? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } : null;
        http = new HttpClient(handler ?? owned!, disposeHandler: owned is not null) { Timeout = timeout };
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => http.Dispose();
}
