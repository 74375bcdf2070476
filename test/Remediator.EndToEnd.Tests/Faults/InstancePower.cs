using System.Text.Json;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>What the runbooks that stop and start an instance do, on the emulator, in the role that they are given.</summary>
internal sealed class InstancePower(Uri emulator, string operation)
{
    public const string Stop = "AWS-StopEC2Instance";

    public const string Start = "AWS-StartEC2Instance";

    public async Task RunAsync(JsonElement parameters)
    {
        var role = parameters.Member("AutomationAssumeRole")[0].GetString()!.Split(':', '/');
        var own = new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret");
        var options = new AwsClientOptions { Endpoints = AwsEndpointSettings.At(emulator) };
        using var accounts = new AwsAccounts(
            own,
            new AccountAccess(TemplateDeployer.Account, role[^1], new("Automation")),
            new StsCredentialsSource(own, TemplateDeployer.Region, options),
            options);
        await accounts.For(account: role[4], TemplateDeployer.Region).CallAsync(
            operation, Json.Object([new("InstanceIds", parameters.Member("InstanceId"))]), CancellationToken.None);
    }
}
