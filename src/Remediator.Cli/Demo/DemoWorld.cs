using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Record;

namespace Remediator.Cli.Demo;

/// <summary>
/// The emulator with the template's stack on it, the published function driven as Lambda drives it, and clients to look with.
/// </summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private readonly AwsClient _aws;
    private readonly AmazonDynamoDBClient _dynamo;
    private readonly JournalKey _key;

    public DemoWorld(MotoEmulator emulator, Deployment deployment, FunctionBinary binary, string policyFile)
    {
        Emulator = emulator;
        Deployment = deployment;
        var credentials = new BasicAWSCredentials("testing", "testing");
        var url = emulator.Url.AbsoluteUri;
        _aws = new(credentials, TemplateDeployer.Region, new() { Endpoints = AwsEndpointSettings.At(emulator.Url) });
        _dynamo = new(credentials, new AmazonDynamoDBConfig { ServiceURL = url, AuthenticationRegion = TemplateDeployer.Region });
        Sqs = new(credentials, new AmazonSQSConfig { ServiceURL = url, AuthenticationRegion = TemplateDeployer.Region });
        _key = new(_aws, deployment.Resources["JournalKey"], deployment.Resources["Journal"], mayReadWithout: false);
        Journal = new DynamoJournal(_dynamo, new(deployment.Resources["Journal"]), _key, TimeProvider.System);
        Remediate = Start("RemediateFunction");
        Operate = Start("OperateFunction");

        FunctionProcess Start(string function) =>
            FunctionProcess.Start(binary.Path, FunctionEnvironment.Of(deployment, function, url, policyFile));
    }

    public MotoEmulator Emulator { get; }

    public Deployment Deployment { get; }

    public IAws Aws => _aws;

    public AmazonSQSClient Sqs { get; }

    public IJournal Journal { get; }

    public FunctionProcess Remediate { get; }

    public FunctionProcess Operate { get; }

    public async ValueTask DisposeAsync()
    {
        await Remediate.DisposeAsync();
        await Operate.DisposeAsync();
        _aws.Dispose();
        _dynamo.Dispose();
        _key.Dispose();
        Sqs.Dispose();
    }
}
