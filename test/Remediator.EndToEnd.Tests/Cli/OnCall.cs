using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Cli;

/// <summary>A person with the command line, signed in to a role, and the URL of the deployed Operate function.</summary>
internal sealed class OnCall : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly FunctionUrl _url;
    private readonly Dictionary<string, string?> _environment;

    private OnCall(FunctionUrl url, Uri emulator, string key, string token)
    {
        _url = url;
        _environment = new()
        {
            ["AWS_ENDPOINT_URL"] = emulator.AbsoluteUri,
            ["AWS_ACCESS_KEY_ID"] = key,
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
            ["AWS_SESSION_TOKEN"] = token,
            ["AWS_REGION"] = TemplateDeployer.Region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["REMEDIATOR_OPERATE_FUNCTION"] = "remediator-operate",
            ["REMEDIATOR_OPERATE_URL"] = url.Url.AbsoluteUri,
        };
    }

    public static async Task<OnCall> SignInAsync(World world, DeployedService service, string role, string session, CancellationToken ct)
    {
        var signedIn = await world.Aws.CallAsync("sts:AssumeRole", Json.Object(
        [
            KeyValuePair.Create("RoleArn", Json.Text($"arn:aws:iam::{TemplateDeployer.Account}:role/{role}")),
            KeyValuePair.Create("RoleSessionName", Json.Text(session)),
        ]), ct);
        var keys = signedIn.Member("Credentials");
        var url = FunctionUrl.Start(() => service.Process("operate"), key => CallerAsync(world, key));
        return new(url, world.Emulator.Url, keys.TextOf("AccessKeyId")!, keys.TextOf("SessionToken")!);
    }

    public Task<Ran> RunAsync(params string[] arguments) => CommandRun.RunAsync(_folder.FullName, _environment, arguments);

    public async ValueTask DisposeAsync()
    {
        await _url.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<string> CallerAsync(World world, string key)
    {
        using var aws = new AwsClient(
            new BasicAWSCredentials(key, "testing"),
            TemplateDeployer.Region,
            new() { Endpoints = AwsEndpointSettings.At(world.Emulator.Url) });
        return (await aws.CallAsync("sts:GetCallerIdentity", Json.EmptyObject, CancellationToken.None)).TextOf("Arn")!;
    }
}
