using System.Text.Json;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>Does the work of the runbook AWS-ResizeInstance on the emulator, in the role that it gets.</summary>
internal sealed class InstanceResizing(Uri emulator)
{
    public const string Document = "AWS-ResizeInstance";

    public async Task RunAsync(JsonElement parameters)
    {
        var instance = parameters.Member("InstanceId")[0];
        var role = parameters.Member("AutomationAssumeRole")[0].GetString()!.Split(':', '/');
        using var accounts = Entered(role[^1]);
        var aws = accounts.For(account: role[4], TemplateDeployer.Region);
        var one = Json.Object([new("InstanceIds", Json.List([instance]))]);
        await aws.CallAsync("ec2:StopInstances", one, CancellationToken.None);
        var type = Json.Object([new("Value", parameters.Member("InstanceType")[0])]);
        await aws.CallAsync(
            "ec2:ModifyInstanceAttribute", Json.Object([new("InstanceId", instance), new("InstanceType", type)]), CancellationToken.None);
        await aws.CallAsync("ec2:StartInstances", one, CancellationToken.None);
    }

    private AwsAccounts Entered(string role)
    {
        var own = new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret");
        var options = new AwsClientOptions { Endpoints = AwsEndpointSettings.At(emulator) };
        return new(
            own,
            new AccountAccess(TemplateDeployer.Account, role, new("Automation")),
            new StsCredentialsSource(own, TemplateDeployer.Region, options),
            options);
    }
}
