using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;
using Remediator.Aws;
using Remediator.Emulator;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>The emulator on which services are deployed, as the owner of its accounts sees it.</summary>
public sealed class World : IAsyncLifetime, IDisposable
{
    internal const string AccessKey = "AKIAIOSFODNN7EXAMPLE";

    private MotoEmulator? _emulator;
    private AwsAccounts? _accounts;
    private AmazonDynamoDBClient? _dynamo;
    private AmazonSQSClient? _sqs;
    private int _runs;

    internal MotoEmulator Emulator => _emulator ?? throw new InvalidOperationException("The emulator has not started.");

    internal IAwsAccounts Accounts => _accounts!;

    internal IAws Aws => _accounts!.For(TemplateDeployer.Account, TemplateDeployer.Region);

    internal IAmazonDynamoDB Dynamo => _dynamo!;

    internal IAmazonSQS Sqs => _sqs!;

    public async Task InitializeAsync()
    {
        _emulator = await MotoEmulator.StartAsync(CancellationToken.None);
        await _emulator.RunNoLambdaAsync(CancellationToken.None);
        var own = new BasicAWSCredentials(AccessKey, "testing");
        var options = new AwsClientOptions { Endpoints = AwsEndpointSettings.At(_emulator.Url) };
        var access = new AccountAccess(TemplateDeployer.Account, DeployedService.MemberRole, new("Remediator"));
        _accounts = new(own, access, new StsCredentialsSource(own, TemplateDeployer.Region, options), options);
        var url = _emulator.Url.AbsoluteUri;
        _dynamo = new(own, new AmazonDynamoDBConfig { ServiceURL = url, AuthenticationRegion = TemplateDeployer.Region });
        _sqs = new(own, new AmazonSQSConfig { ServiceURL = url, AuthenticationRegion = TemplateDeployer.Region });
    }

    public async Task DisposeAsync()
    {
        if (_emulator is { } started)
        {
            await started.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _accounts?.Dispose();
        _dynamo?.Dispose();
        _sqs?.Dispose();
    }

    /// <summary>An unused account.</summary>
    internal string NewAccount() => $"3{Interlocked.Increment(ref _runs):D11}";
}

/// <summary>The fault tests take as long as all others, so they have their own emulator, and thereby their own core.</summary>
[CollectionDefinition(Name)]
public sealed class InAFaultyWorld : ICollectionFixture<World>
{
    public const string Name = "Deployed services under faults";
}

[CollectionDefinition(Name)]
public sealed class InTheWorld : ICollectionFixture<World>
{
    public const string Name = "Deployed services";
}
