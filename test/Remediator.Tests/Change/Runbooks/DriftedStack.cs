using System.Text.Json;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change.Runbooks;

/// <summary>A stack with a bucket whose versioning was suspended, and as much of CloudFormation as a change set needs.</summary>
internal sealed class DriftedStack
{
    public const string Id = "arn:aws:cloudformation:us-east-1:123456789012:stack/web/1f7";

    private const string ChangeSetId = "arn:aws:cloudformation:us-east-1:123456789012:changeSet/remediator/9a2";
    private const string Bucket =
        """{"ResourceChange":{"Action":"Modify","Replacement":"False","LogicalResourceId":"Downloads","ResourceType":"AWS::S3::Bucket","""
        + """ "Details":[{"Target":{"Attribute":"Properties","Name":"VersioningConfiguration"}}]}}""";

    /// <summary>Other effects of the change set: more items of <c>Changes</c>.</summary>
    public List<string> Further { get; } = [];

    /// <summary>The one change, as CloudFormation describes it.</summary>
    public string Change { get; set; } = Bucket;

    /// <summary>How often its status is read before it is created, and before it is executed.</summary>
    public int Looks { get; set; }

    /// <summary>Null if there is none.</summary>
    public string? Status { get; private set; }

    public string Execution { get; set; } = "AVAILABLE";

    /// <summary>The result of the execution.</summary>
    public string Ends { get; set; } = "EXECUTE_COMPLETE";

    /// <summary>The change set can no longer be read once it has been executed.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>The result of the creation.</summary>
    public string Made { get; set; } = "CREATE_COMPLETE";

    public bool IsDrifted { get; private set; } = true;

    public int Created { get; private set; }

    public int Executed { get; private set; }

    public int Deleted { get; private set; }

    public JsonElement Input { get; private set; }

    private int _left;

    public void Teach(FakeAws aws) =>
        aws.On(
                "cloudformation:DescribeStacks",
                """
                {"Stacks":[{"StackName":"web","StackStatus":"UPDATE_COMPLETE","Parameters":[{"ParameterKey":"Env",
                 "ParameterValue":"prod"}],"Capabilities":["CAPABILITY_IAM"]}]}
                """
            )
            .On(
                "cloudformation:DescribeStackResourceDrifts",
                """
                {"StackResourceDrifts":[{"LogicalResourceId":"Downloads","ResourceType":"AWS::S3::Bucket",
                 "StackResourceDriftStatus":"MODIFIED"}]}
                """
            )
            .On("cloudformation:DetectStackResourceDrift", _ =>
                Json.Parse(
                    IsDrifted
                        ? """{"StackResourceDrift":{"LogicalResourceId":"Downloads","ResourceType":"AWS::S3::Bucket","""
                            + """ "StackResourceDriftStatus":"MODIFIED","""
                            + """ "PropertyDifferences":[{"PropertyPath":"/VersioningConfiguration/Status","ExpectedValue":"Enabled","""
                            + """ "ActualValue":"Suspended","DifferenceType":"NOT_EQUAL"}]}}"""
                        : """{"StackResourceDrift":{"LogicalResourceId":"Downloads","ResourceType":"AWS::S3::Bucket","""
                            + """ "StackResourceDriftStatus":"IN_SYNC","PropertyDifferences":[]}}"""
                ))
            .On("cloudformation:CreateChangeSet", Create)
            .On("cloudformation:DescribeChangeSet", _ => Describe())
            .On("cloudformation:ExecuteChangeSet", _ => Execute())
            .On("cloudformation:DeleteChangeSet", _ =>
            {
                Deleted++;
                Status = null;
                return Json.EmptyObject;
            });

    /// <summary>The rule's own event for the stack.</summary>
    public static async Task<ComplianceChange> EventAsync(InMemoryHost host) =>
        Some.Change(
            await host.RuleAsync(
                "CLOUDFORMATION_STACK_DRIFT_DETECTION_CHECK",
                """{"cloudformationRoleArn":"arn:aws:iam::123456789012:role/Drift"}"""
            ),
            new(FakeAws.Account, FakeAws.Region, "AWS::CloudFormation::Stack", Id),
            host.Now);

    private JsonElement Create(JsonElement input)
    {
        if (Status is not null)
        {
            throw FakeAws.Error("cloudformation:CreateChangeSet", "AlreadyExistsException", 400);
        }

        (Created, Input, Status, Execution, _left) = (
            Created + 1, input, Made, Made is "CREATE_COMPLETE" ? "AVAILABLE" : "UNAVAILABLE", Looks);
        return Json.Parse($$"""{"Id":"{{ChangeSetId}}","StackId":"{{Id}}"}""");
    }

    private JsonElement Describe()
    {
        if (Status is null)
        {
            throw FakeAws.Error("cloudformation:DescribeChangeSet", "ChangeSetNotFound", 404);
        }

        var (status, execution) = _left-- > 0
            ? Execution is "AVAILABLE" or "UNAVAILABLE" ? ("CREATE_IN_PROGRESS", "UNAVAILABLE") : (Status, "EXECUTE_IN_PROGRESS")
            : (Status, Execution);
        if (execution is "EXECUTE_COMPLETE")
        {
            IsDrifted = false;
        }

        return Json.Parse(
            $$"""
            {"ChangeSetId":"{{ChangeSetId}}","ChangeSetName":"some","Status":"{{status}}","ExecutionStatus":"{{execution}}",
             "StatusReason":"because",
             "Changes":[{{string.Join(',', Further.Prepend(Change))}}]}
            """
        );
    }

    private JsonElement Execute()
    {
        if (Execution is not "AVAILABLE")
        {
            throw FakeAws.Error("cloudformation:ExecuteChangeSet", "InvalidChangeSetStatus", 400);
        }

        (Executed, Execution, _left) = (Executed + 1, Ends, Looks);
        if (IsForgotten)
        {
            (Status, IsDrifted) = (null, false);
        }

        return Json.EmptyObject;
    }
}
