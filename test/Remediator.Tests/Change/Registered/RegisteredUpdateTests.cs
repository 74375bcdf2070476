using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change.Registered;

/// <summary>Updates whose request waits, collides or fails, and rollbacks that Cloud Control cannot make.</summary>
public sealed class RegisteredUpdateTests
{
    private const string Update = "cloudcontrol:UpdateResource";

    [Fact]
    public async Task Request_that_takes_long_is_looked_at_again_and_never_made_twice()
    {
        await using var host = new InMemoryHost();
        var change = await RegisteredScenarios.DriftedAsync(host, ""","looks":40""");

        var ended = await host.SendAsync(change);

        AssertOutcome("pending", ended);
        var underWay = (await host.IncidentOf(ended)).Change!.Runbook!;
        Assert.Equal(
            ("request-1", "IN_PROGRESS", "The update of the AWS::ECR::Repository"), (underWay.Execution, underWay.Status, underWay.Name));
        for (var pass = 0; pass < 12; pass++)
        {
            await host.SweepAfterAsync(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(IncidentState.Fixed, (await host.IncidentOf(ended)).State);
        Assert.Single(host.Fake.CloudControl.Updates);
        await host.AssertBackAsync(change);
    }

    [Theory]
    [InlineData("ConcurrentOperationException")]
    [InlineData("ThrottlingException")]
    [InlineData("ServiceInternalErrorException")]
    public async Task Update_that_is_refused_for_a_moment_is_made_later(string code)
    {
        await using var host = new InMemoryHost();
        var change = await RegisteredScenarios.DriftedAsync(host, $$""","refuses":["{{code}}"]""");

        var ended = await host.SendAsync(change);
        AssertOutcome("pending", ended);
        await host.SweepAfterAsync(TimeSpan.FromMinutes(31));

        Assert.Equal(IncidentState.Fixed, (await host.IncidentOf(ended)).State);
        await host.AssertBackAsync(change);
    }

    [Theory]
    [InlineData("Throttling", true)]
    [InlineData("ResourceConflict", true)]
    [InlineData("NotStabilized", true)]
    [InlineData("ServiceInternalError", true)]
    [InlineData("ServiceTimeout", true)]
    [InlineData("NetworkFailure", true)]
    [InlineData("InternalFailure", true)]
    [InlineData("NotUpdatable", false)]
    [InlineData("InvalidRequest", false)]
    [InlineData("AccessDenied", false)]
    [InlineData("InvalidCredentials", false)]
    [InlineData("UnauthorizedTaggingOperation", false)]
    [InlineData("AlreadyExists", false)]
    [InlineData("ServiceLimitExceeded", false)]
    [InlineData("GeneralServiceException", false)]
    public async Task Code_of_the_handler_says_whether_waiting_helps(string code, bool isPassing)
    {
        await using var host = new InMemoryHost();
        var change = await RegisteredScenarios.DriftedAsync(host, $$""","ends":["{{code}}"]""");

        var ended = await host.SendAsync(change);

        AssertOutcome(isPassing ? "pending" : "escalated", ended);
        await host.AssertNotTouchedAsync(change);
        var incident = await host.IncidentOf(ended);
        Assert.Null(incident.Change!.Runbook);
        Assert.True(isPassing || incident.Detail!.Contains(code, StringComparison.Ordinal), incident.Detail);
        if (isPassing)
        {
            await host.SweepAfterAsync(TimeSpan.FromMinutes(31));
            Assert.Equal(IncidentState.Fixed, (await host.IncidentOf(ended)).State);
            Assert.Equal(2, host.Fake.CloudControl.Updates.Select(u => u.TextOf("ClientToken")).Distinct().Count());
        }
    }

    [Fact]
    public async Task Calls_name_the_role_of_the_resource_s_account()
    {
        await using var host = new InMemoryHost();
        AssertOutcome("fixed", await host.SendAsync(await RegisteredScenarios.DriftedAsync(host)));

        var calls = host.Fake.All.Where(c => c.Operation.StartsWith("cloudcontrol:", StringComparison.Ordinal)
            && c.Operation is not "cloudcontrol:GetResourceRequestStatus").ToList();
        Assert.NotEmpty(calls);
        Assert.All(calls, c => Assert.Equal($"arn:aws:iam::{host.Account}:role/RemediatorRollback", c.Input.TextOf("RoleArn")));
    }

    [Fact]
    public async Task Model_that_an_update_would_lose_a_member_of_is_left_alone()
    {
        await using var host = new InMemoryHost();
        var change = await RegisteredScenarios.DriftedAsync(
            host,
            "",
            "AWS::ECS::Cluster",
            """{"ClusterName":"one","CapacityProviders":["FARGATE"]}""",
            """{"ClusterName":"one","CapacityProviders":["EC2"]}"""
        );

        await AssertRefusedAsync(host, change, "masked", "ServiceConnectDefaults");
    }

    [Theory]
    [InlineData(
        "AWS::ECR::Repository",
        """{"repositoryName":"one","imageTagMutability":"MUTABLE"}""",
        """{"repositoryName":"one","imageTagMutability":"IMMUTABLE"}""",
        "unsupported",
        "CloudFormation's shape"
    )]
    [InlineData(
        "AWS::ECR::Repository",
        """{"RepositoryName":"one","EncryptionConfiguration":{"EncryptionType":"KMS"}}""",
        """{"RepositoryName":"one","EncryptionConfiguration":{"EncryptionType":"AES256"}}""",
        "unsupported",
        "when a resource is created"
    )]
    [InlineData(
        "AWS::ECR::Repository",
        """{"RepositoryName":"one","RepositoryUri":"a"}""",
        """{"RepositoryName":"one","RepositoryUri":"b"}""",
        "cause-elsewhere",
        "the cause lies elsewhere"
    )]
    [InlineData(
        "AWS::ECS::Service",
        """{"ServiceName":"one","DesiredCount":1}""",
        """{"ServiceName":"one","DesiredCount":2}""",
        "unsupported",
        "ServiceArn, Cluster"
    )]
    public async Task Change_that_cannot_be_undone_is_refused(string type, string good, string bad, string reason, string says)
    {
        await using var host = new InMemoryHost();

        await AssertRefusedAsync(host, await RegisteredScenarios.DriftedAsync(host, "", type, good, bad), reason, says);
    }

    /// <summary>A role's name is valid in every account, an ARN only in one.</summary>
    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/ops/Rollback", "arn:aws:iam::123456789012:role/ops/Rollback")]
    [InlineData("arn:aws:iam::999999999999:role/Rollback", null)]
    [InlineData("Rollback", "arn:aws:iam::123456789012:role/Rollback")]
    public async Task Role_of_another_account_is_not_passed_on(string role, string? passed)
    {
        await using var host = new InMemoryHost();
        var change = await RegisteredScenarios.DriftedAsync(host);
        await host.UsePolicyAsync(RegisteredScenarios.Policy("AWS::ECR::Repository", "[unknown]", role));

        var ended = await host.SendAsync(change);

        AssertOutcome(passed is null ? "escalated" : "fixed", ended);
        Assert.Equal(passed, host.Fake.All.FirstOrDefault(c => c.Operation is "cloudcontrol:GetResource")?.Input.TextOf("RoleArn"));
        Assert.True(passed is not null || (await host.IncidentOf(ended)).Reason is Reason.NotConfigured);
    }

    [Fact]
    public async Task Answer_about_another_resource_is_ignored()
    {
        await using var host = new InMemoryHost();
        var change = await RegisteredScenarios.DriftedAsync(host);
        host.Fake.On(
            "cloudcontrol:GetResource",
            """{"ResourceDescription":{"Identifier":"other","Properties":"{\"RepositoryName\":\"other\"}"}}"""
        );

        await AssertRefusedAsync(host, change, "guarded", "other");
    }

    [Fact]
    public void Built_in_playbook_of_another_version_undoes_nothing()
    {
        var library = new PlaybookLibrary(Repository.At("playbooks"));
        var name = RegisteredPlaybook.NameOf("AWS::ECR::Repository");

        Assert.Equal(name, library.Version(name, PlaybookLibrary.HashOf(library.Load(name).Source)).Name);
        Assert.Throws<UnknownPlaybookException>(() => library.Version(name, PlaybookLibrary.HashOf("another")));
        Assert.Throws<UnknownPlaybookException>(() =>
            library.Version(RegisteredPlaybook.NameOf("AWS::S3::Bucket"), PlaybookLibrary.HashOf(library.Load(name).Source)));
    }

    private static async Task AssertRefusedAsync(InMemoryHost host, ComplianceChange change, string reason, string says)
    {
        var ended = await host.SendAsync(change);
        AssertOutcome("escalated", ended);
        var incident = await host.IncidentOf(ended);
        Assert.True(reason == incident.Reason?.Name(), $"{incident.Reason}: {incident.Detail}");
        Assert.Contains(says, incident.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Update, host.Calls);
    }
}
