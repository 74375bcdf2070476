using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change.Runbooks;

/// <summary>An instance of the wrong type, and the shipped playbook that changes the type with a runbook.</summary>
internal sealed class ResizingHost
{
    private static readonly ResourceKey Instance = new(FakeAws.Account, FakeAws.Region, "AWS::EC2::Instance", "i-0123456789abcdef0");

    private ResizingHost(RuleRef rule) => Rule = rule;

    public InMemoryHost Host { get; private init; } = new();

    public FakeAutomations Automations { get; } = new();

    public string Type { get; private set; } = "m5.large";

    private RuleRef Rule { get; }

    public static async Task<ResizingHost> StartAsync()
    {
        var host = new InMemoryHost();
        await host.UsePolicyAsync(
            "defaults: {mode: auto, auto-up-to: restart, params: {role: 'arn:aws:iam::123456789012:role/Automation'}}");
        var resizing = new ResizingHost(await host.RuleAsync("DESIRED_INSTANCE_TYPE", """{"instanceType":"t3.micro"}""")) { Host = host };
        resizing.Teach(host.Fake);
        return resizing;
    }

    public Task<Ended> SendAsync() => Host.SendAsync(Some.Change(Rule, Instance, Host.Now));

    public Task SweepAfterAsync(TimeSpan time) => Host.SweepAfterAsync(time);

    public async Task<Incident> IncidentAsync() => (await Host.Journal.FindOpenAsync(Incident.KeyOf(Instance, Rule), Host.Ct))!;

    private void Teach(FakeAws aws)
    {
        aws.On("ec2:DescribeInstances", _ =>
            Json.Parse($$$"""{"Reservations":[{"Instances":[{"InstanceType":"{{{Type}}}","RootDeviceType":"ebs"}]}]}""")
        );
        Automations.Add("AWS-ResizeInstance", parameters =>
        {
            Type = parameters.Member("InstanceType")[0].GetString()!;
            return Task.CompletedTask;
        });
        foreach (var operation in (string[])[FakeAutomations.Start, FakeAutomations.Look])
        {
            // In memory nothing waits: the response is there at once.
            aws.On(operation, input => Automations.AnswerAsync(operation, input).GetAwaiter().GetResult());
        }
    }
}
