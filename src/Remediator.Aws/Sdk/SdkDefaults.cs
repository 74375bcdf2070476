using Amazon.Runtime;

namespace Remediator.Aws.Sdk;

/// <summary>What the SDK would otherwise look for in the environment and in profiles, at each start.</summary>
public static class SdkDefaults
{
    public static void Set(ClientConfig config, AwsClientOptions options)
    {
        config.DefaultConfigurationMode = DefaultConfigurationMode.Standard;
        config.RetryMode = RequestRetryMode.Standard;

        // The SDK's own choice for DynamoDB is ten retries: two minutes, which is all the time that a function has.
        config.MaxErrorRetry = options.MaxAttempts - 1;
        config.DisableLogging = true;
        config.DisableRequestCompression = true;
        config.IgnoreConfiguredEndpointUrls = true;
        config.ClientAppId = "";
        config.AccountIdEndpointMode = AccountIdEndpointMode.DISABLED;
        config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_SUPPORTED;
        config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_SUPPORTED;
    }
}
