using System.Globalization;
using System.Text.Json;
using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Tests.Authoring.Checks;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change;

/// <summary>What a stack's template should say, so that the next deployment leaves a change.</summary>
public sealed class TemplatePropertiesTests
{
    private static readonly PlaybookLibrary Library = new(Repository.PathOf("playbooks"));

    [Theory]
    [InlineData(
        "athena/workgroup-enforcement",
        "AWS::Athena::WorkGroup",
        """{"EnforceWorkGroupConfiguration":false}""",
        """{"EnforceWorkGroupConfiguration":true}""",
        "WorkGroupConfiguration.EnforceWorkGroupConfiguration: true"
    )]
    [InlineData(
        "ecs/capacity-provider-termination-protection",
        "AWS::ECS::CapacityProvider",
        """{"managedTerminationProtection":"DISABLED"}""",
        """{"managedTerminationProtection":"ENABLED"}""",
        "AutoScalingGroupProvider.ManagedTerminationProtection: ENABLED"
    )]
    [InlineData(
        "datasync/task-verification",
        "AWS::DataSync::Task",
        """{"VerifyMode":"NONE","Uid":"NONE"}""",
        """{"VerifyMode":"POINT_IN_TIME_CONSISTENT","Uid":"INT_VALUE"}""",
        "Options.VerifyMode: POINT_IN_TIME_CONSISTENT; Options.Uid: INT_VALUE"
    )]
    [InlineData(
        "tags/datasync-required-tags",
        "AWS::DataSync::Task",
        """{"Stage":"prod"}""",
        """{"Stage":"prod","Team":"shop"}""",
        "Tags.Team: shop"
    )]
    [InlineData(
        "iot/provisioning-template-description",
        "AWS::IoT::ProvisioningTemplate",
        """{"Description":"Sensors"}""",
        """{"Description":null}""",
        "Description: (not set)"
    )]
    [InlineData("s3/bucket-versioning", "AWS::S3::Bucket", """{"Status":"Suspended"}""", """{"Status":"Enabled"}""", null)]
    [InlineData(
        "sns/topic-delivery-logging",
        "AWS::SNS::Topic",
        """{"SQSSuccessFeedbackRoleArn":""}""",
        """{"SQSSuccessFeedbackRoleArn":"arn:aws:iam::111122223333:role/feedback"}""",
        null
    )]
    public void Property_is_the_one_that_the_recorded_member_is_from(
        string playbook, string type, string before, string after, string? said) =>
        Assert.Equal(said, Of(Library.Load(playbook), type, before, after));

    [Fact]
    public void Through_Cloud_Control_the_model_is_the_template()
    {
        var registered = RegisteredTypes.Find("AWS::ECR::Repository")!;

        Assert.Equal(
            "ImageTagMutability: IMMUTABLE; ImageScanningConfiguration.ScanOnPush: true",
            Of(
                RegisteredPlaybook.Of(registered),
                registered.Name,
                """{"ImageTagMutability":"MUTABLE","ImageScanningConfiguration":{"ScanOnPush":false}}""",
                """{"ImageTagMutability":"IMMUTABLE","ImageScanningConfiguration":{"ScanOnPush":true}}"""));
    }

    [Fact]
    public async Task Plan_of_what_a_stack_owns_says_what_its_template_should_say()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto, to: last-compliant}, rollback: {quiet: 0s}}");
        host.Fake.On("athena:GetWorkGroup", """
            {"WorkGroup":{"Name":"reports","Configuration":{"EnforceWorkGroupConfiguration":false,
             "ResultConfiguration":{"OutputLocation":"s3://results/"}}}}
            """);
        var group = new ResourceKey(host.Account, host.Region, "AWS::Athena::WorkGroup", "reports");
        await host.PutItemAsync(Item(host, group, -60, enforced: true));
        await host.PutItemAsync(Item(host, group, -10, enforced: false));

        var asked = await host.SendAsync(Some.Change(await host.CustomRuleAsync("our-baseline"), group, host.Now) with
        {
            CompliantBefore = host.Now.AddMinutes(-60),
            OrderedAt = host.Now.AddMinutes(-10),
        });

        AssertOutcome("awaiting-approval", asked);
        Assert.Equal(
            "WorkGroupConfiguration.EnforceWorkGroupConfiguration: true", (await host.IncidentOf(asked)).Change!.Owner!.Template);
    }

    private static readonly Playbook Own = Queue("""
        {Delay: configuration.DelaySeconds || configuration.VisibilityTimeout,
          Age: to_string(`1`) || configuration.MessageRetentionPeriod, First: configuration.RedriveAllowPolicy[0].To,
          Arn: configuration.Arn, Other: supplementary.Size, Team: tags.team,
          A: configuration.KmsMasterKeyId, B: configuration.MaximumMessageSize, C: configuration.DeduplicationScope,
          D: configuration.FifoThroughputLimit, E: configuration.SqsManagedSseEnabled, F: configuration.ReceiveMessageWaitTimeSeconds}
        """);

    private static Playbook Queue(string recorded) => PlaybookReader.Read("x/queue", "x/queue.yaml", $$$"""
        summary: Sets it.
        rules: []
        resource: AWS::SQS::Queue
        impact: none
        manual: Ask.
        read: {call: x:Read, take: Setting}
        recorded: >-
          {{{recorded}}}
        write: {call: x:Write, with: {Setting: "${target}"}}
        """);

    /// <summary>What is worked out, is an item of a list, only AWS sets or the expression does not name is no property.</summary>
    [Theory]
    [InlineData("""{"Delay":5}""", "DelaySeconds: 5")]
    [InlineData("""{"Age":60}""", "MessageRetentionPeriod: 60")]
    [InlineData("""{"Team":"shop"}""", "Tags.team: shop")]
    [InlineData("""{"First":1,"Arn":"a","Other":1,"Unheard":1}""", null)]
    [InlineData("""{"A":"a","B":1,"C":"c","D":"d","E":true}""",
        "KmsMasterKeyId: a; MaximumMessageSize: 1; DeduplicationScope: c; FifoThroughputLimit: d; SqsManagedSseEnabled: true")]
    [InlineData("""{"A":"a","B":1,"C":"c","D":"d","E":true,"F":2,"Delay":5}""",
        "KmsMasterKeyId: a; MaximumMessageSize: 1; DeduplicationScope: c; FifoThroughputLimit: d; SqsManagedSseEnabled: true; and 2 more")]
    public void Properties_are_said_with_their_values_and_no_more_than_five(string after, string? said) =>
        Assert.Equal(said, Of(Own, "AWS::SQS::Queue", "{}", after));

    [Theory]
    [InlineData("""{"Delay":5}""", "DelaySeconds: 5")]
    [InlineData("""{"MaximumMessageSize":5}""", "MaximumMessageSize: 5")]
    public void Property_that_the_first_of_two_forms_does_not_name_is_the_second_ones(string after, string said) =>
        Assert.Equal(said, Of(Queue("configuration.{Delay: DelaySeconds} || configuration"), "AWS::SQS::Queue", "{}", after));

    [Fact]
    public void Step_that_the_playbook_does_not_have_says_nothing() => Assert.Null(TemplateProperties.Of(
        "AWS::SQS::Queue",
        Own,
        new([new() { Step = "another", Before = Json.EmptyObject, After = Json.Parse("""{"Delay":5}"""), Calls = [] }])));

    private static string? Of(Playbook playbook, string type, string before, string after) => TemplateProperties.Of(type, playbook, new(
    [
        new()
        {
            Step = playbook.Steps[0].Name,
            Before = Json.Parse(before),
            After = Json.Parse(after),
            Calls = [],
        },
    ]));

    private static JsonElement Item(InMemoryHost host, ResourceKey group, int minutes, bool enforced) => Json.Object(
    [
        new("configurationItemCaptureTime", Json.Text(host.Now.AddMinutes(minutes).ToString("o", CultureInfo.InvariantCulture))),
        new("configurationItemStatus", Json.Text("OK")),
        new("configurationStateId", Json.Text($"{minutes}")),
        new("resourceType", Json.Text(group.Type)),
        new("resourceId", Json.Text(group.Id)),
        new("resourceName", Json.Text(group.Id)),
        new("configuration", Json.Parse(
            $$$"""{"Name":"reports","WorkGroupConfiguration":{"EnforceWorkGroupConfiguration":{{{(enforced ? "true" : "false")}}}}}""")),
        new("tags", Json.Parse(
            """{"aws:cloudformation:stack-name":"reports","aws:cloudformation:logical-id":"Reports"}""")),
    ]);
}
