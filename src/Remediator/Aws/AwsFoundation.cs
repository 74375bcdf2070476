using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.SQS;
using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Aws.Endpoints;
using Remediator.Change.Sessions;
using Remediator.Decide;
using Remediator.Record;
using Remediator.Sweep;

namespace Remediator.Aws;

/// <summary>AWS itself, as the environment names it: regions, endpoints, credentials.</summary>
internal static class AwsFoundation
{
    /// <param name="http">Sends the requests; null for one connection pool for each client.</param>
    public static Foundation Of(
        ServiceSettings settings,
        Func<string, string?> environment,
        TimeProvider clock,
        ILoggerFactory logs,
        HttpMessageHandler? http = null)
    {
        var own = Credentials(environment);
        var options = new AwsClientOptions
        {
            Clock = clock,
            Endpoints = AwsEndpointSettings.FromEnvironment(environment),
            HttpHandler = http,
        };
        var accounts = Accounts(settings, own, options);
        var service = new AwsClient(own, settings.Region, options);
        var ec2 = new SdkEc2(
            (account, region) =>
                new AmazonEC2Client(accounts.CredentialsFor(account, region), Configured(new AmazonEC2Config(), region, options, "ec2")));
        var dynamo = new JournalClient(own, settings.Region, options);
        var key = new JournalKey(
            service,
            settings.JournalKey,
            settings.JournalTable,
            settings.MayReadUnsealed);
        return new(
            accounts,
            new DynamoJournal(dynamo, new(settings.JournalTable) { UnsealedUntil = settings.UnsealedUntil }, key, clock),
            new SnsPublisher(service),
            new AwsConfigService(accounts, clock),
            new AwsTags(accounts, ec2),
            clock,
            logs)
        {
            Own = Own(settings),
            OwnAccount = settings.AccountId,
            Operate = settings.OperateFunction is { } name ? new(name, settings.Region) : null,
            Key = key,
            OpsItems = new AwsOpsItems(accounts, settings.AccountId, settings.Region),
            Backlog = new(
                new AwsBacklog(accounts), new AwsAggregator(accounts), Queue(settings, own, options), settings.AccountId, settings.Region),
        };
    }

    /// <summary>What the service itself is made of, as far as the settings say it.</summary>
    public static OwnResources Own(ServiceSettings settings) =>
        OwnResources.Of(OwnArns(settings), settings.AccountId, FunctionPrefix(settings.StackName ?? ""));

    // CloudFormation cuts a long stack's name so that the function's fits into 64 characters.
    private static string FunctionPrefix(string stack) => stack.Length is 0 or > 20 ? stack[..Math.Min(20, stack.Length)] : $"{stack}-";

    /// <summary>What the stack names, and what the settings name anyway.</summary>
    private static IEnumerable<string> OwnArns(ServiceSettings settings)
    {
        var (partition, account) = (AwsPartition.Of(settings.Region).Name, settings.AccountId);
        return
        [
            .. settings.OwnArns,
            $"arn:{partition}:dynamodb:{settings.Region}:{account}:table/{settings.JournalTable}",
            settings.JournalKey is { } key && !key.Contains(':', StringComparison.Ordinal)
                ? $"arn:{partition}:kms:{settings.Region}:{account}:key/{key}"
                : settings.JournalKey ?? "",
            settings.EscalationTopicArn,
            settings.EventsTopicArn ?? "",
            $"arn:{partition}:sqs:{settings.Region}:{account}:{settings.QueueUrl?.Split('/')[^1]}",
        ];
    }

    private static SqsQueue? Queue(ServiceSettings settings, AWSCredentials own, AwsClientOptions options) => settings.QueueUrl is { } url
        ? new(new(() => new AmazonSQSClient(own, Configured(new AmazonSQSConfig(), settings.Region, options, "sqs"))), url)
        : null;

    public static AwsAccounts Accounts(ServiceSettings settings, AWSCredentials own, AwsClientOptions options) => new(
        own,
        new AccountAccess(
            settings.AccountId,
            settings.MemberRole ?? "",
            settings.MayReadUnsealed ? new(ReadSession.Name) : ReadSession.Own,
            settings.MemberExternalId)
        {
            OwnRole = settings.OwnRole,
            LimitsSessions = settings.LimitsSessions,
        },
        new StsCredentialsSource(own, settings.Region, options),
        options);

    /// <summary>Lambda gives them in the environment; a laptop has the SDK's usual chain.</summary>
    public static AWSCredentials Credentials(Func<string, string?> environment) => environment("AWS_ACCESS_KEY_ID") is { Length: > 0 }
        ? new EnvironmentVariablesAWSCredentials()
        : environment("AWS_PROFILE") is { Length: > 0 } profile
            ? DefaultAWSCredentialsIdentityResolver.GetCredentials(new AmazonSQSConfig { Profile = new(profile) })
            : DefaultAWSCredentialsIdentityResolver.GetCredentials();

    private static T Configured<T>(T config, string region, AwsClientOptions options, string service)
        where T : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        config.DisableLogging = true;

        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = options.MaxAttempts - 1;
        if (options.Endpoints.Of(service) is { } url)
        {
            config.ServiceURL = url.AbsoluteUri;
            config.AuthenticationRegion = region;
        }

        return config;
    }
}
