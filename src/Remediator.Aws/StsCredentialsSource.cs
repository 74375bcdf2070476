using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Remediator.Aws.Sdk;

namespace Remediator.Aws;

/// <summary>Assumes roles through the regional STS endpoint, or through the endpoint in the settings.</summary>
public sealed class StsCredentialsSource : ICredentialsSource, IDisposable
{
    private const string Operation = "sts:AssumeRole";
    private readonly Lazy<StsClient> sts;

    /// <summary>Created when a role is first assumed.</summary>
    public StsCredentialsSource(AWSCredentials own, string region, AwsEndpointSettings endpoints) =>
        sts = new(() => NewClient(own, region, endpoints));

    private static StsClient NewClient(AWSCredentials own, string region, AwsEndpointSettings endpoints)
    {
        var config = new AmazonSecurityTokenServiceConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            RetryMode = RequestRetryMode.Standard,
            DisableLogging = true,
            IgnoreConfiguredEndpointUrls = true,
            UseFIPSEndpoint = endpoints.UseFips,
            UseDualstackEndpoint = endpoints.UseDualStack,
        };
        if (endpoints.Of("sts") is { } custom)
        {
            config.ServiceURL = custom.AbsoluteUri;
            config.AuthenticationRegion = region;
        }

        return new StsClient(own, config);
    }

    public async Task<RoleCredentials> AssumeAsync(RoleRequest request, CancellationToken ct)
    {
        try
        {
            var response = await sts.Value.AssumeRoleAsync(
                new AssumeRoleRequest
                {
                    RoleArn = request.RoleArn,
                    RoleSessionName = request.Session.Name,
                    ExternalId = request.ExternalId,
                    Policy = request.Session.Policy,
                    SourceIdentity = request.Session.SourceIdentity,
                },
                ct);
            return ToCredentials(response.Credentials);
        }
        catch (Exception fault) when (Faults.IsCallFailure(fault, ct))
        {
            throw ToException(request, fault);
        }
    }

    public void Dispose()
    {
        if (sts.IsValueCreated)
        {
            sts.Value.Dispose();
        }
    }

    private static RoleCredentials ToCredentials(Credentials given) =>
        new(given.AccessKeyId, given.SecretAccessKey, given.SessionToken, given.Expiration?.ToUniversalTime() ?? DateTimeOffset.MinValue);

    private static AwsException ToException(RoleRequest request, Exception fault) =>
        fault is AmazonServiceException service
            ? new AwsException(
                Operation,
                service.ErrorCode ?? "",
                (int)service.StatusCode,
                service.RequestId ?? "",
                $"{request.RoleArn}: {service.Message}",
                fault)
            : new AwsException(Operation, "NoAnswer", 0, "", fault.Message, fault) { Fault = AwsFault.Transient };
}
