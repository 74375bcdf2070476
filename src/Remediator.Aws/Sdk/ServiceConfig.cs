using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Remediator.Aws.Endpoints;
using Remediator.Aws.Models;

namespace Remediator.Aws.Sdk;

/// <summary>The SDK's settings for one service. All are set, so that the SDK does not look for any in the environment.</summary>
internal sealed class ServiceConfig : ClientConfig
{
    private static readonly DefaultConfigurationProvider Defaults = new([new DefaultConfiguration
    {
        Name = DefaultConfigurationMode.Standard,
        RetryMode = RequestRetryMode.Standard,
    }]);

    public ServiceConfig(ServiceModel service, string region, AwsClientOptions options, SharedHttp http)
        : base(Defaults)
    {
        Service = service;
        Options = options;
        Http = http.Client;
        RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        AuthenticationServiceName = service.Metadata.SigningName;
        ServiceId = service.Metadata.ServiceId;
        SdkDefaults.Set(this, options);
        Timeout = options.AttemptTimeout;
        HttpClientFactory = http;
        AllowAutoRedirect = false;
        UseFIPSEndpoint = false;
        UseDualstackEndpoint = false;
        UserAgent = Amazon.Util.Internal.InternalSDKUtils.BuildUserAgentString(service.Metadata.ServiceId, "1.0");
    }

    public ServiceModel Service { get; }

    public AwsClientOptions Options { get; }

    public HttpClient Http { get; }

    public override string ServiceVersion => Service.Metadata.ApiVersion;

    public override string UserAgent { get; }

    public override string RegionEndpointServiceName => Service.Metadata.EndpointPrefix;

    /// <summary>The SDK uses this address as the key of its retry state; <see cref="EndpointHandler"/> sets the real endpoint.</summary>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        new(
            $"https://{Service.Metadata.EndpointPrefix}.{RegionEndpoint.SystemName}.{AwsPartition.Of(RegionEndpoint.SystemName).DnsSuffix}"
        );
}
