using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;

namespace Remediator.Tests.Incidents;

public sealed class FaultTests
{
    [Theory]
    [InlineData("UnrecognizedClientException")]
    [InlineData("InvalidClientTokenId")]
    [InlineData("OptInRequired")]
    [InlineData("RegionDisabledException")]
    public void Disabled_region_is_not_a_missing_permission(string code)
    {
        var fault = Fault.Of(
            new AwsException("config:DescribeConfigRules", code, 400, "", "The security token included in the request is invalid.")
        )!;

        Assert.Equal((Reason.NotConfigured, false), (fault.Reason, fault.IsPassing));
        Assert.Contains("not turned on", fault.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("It needs", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_permission_that_is_missing_is_named()
    {
        var fault = Fault.Of(new AwsException("s3:PutPublicAccessBlock", "AccessDenied", 403, "", "no"))!;

        Assert.Equal(Reason.NotPermitted, fault.Reason);
        Assert.Contains("s3:PutBucketPublicAccessBlock", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Account_without_a_configured_role_is_not_entered_and_the_missing_setting_is_named()
    {
        var refused = Assert.Throws<AwsException>(
            () => new AccountAccess("111111111111", "", new("Remediator")).RoleIn("222222222222", "eu-west-1", new("Remediator")));

        var fault = Fault.Of(refused)!;
        Assert.Equal((Reason.NotConfigured, false), (fault.Reason, fault.IsPassing));
        Assert.Contains("REMEDIATOR_MEMBER_ROLE", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("222222222222", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_names_the_action_that_is_missing_also_where_it_is_called_otherwise()
    {
        var fault = Fault.Of(FakeAws.Error("s3:PutPublicAccessBlock", "AccessDenied", 403))!;

        Assert.Equal((Reason.NotPermitted, false), (fault.Reason, fault.IsPassing));
        Assert.EndsWith("It needs s3:PutBucketPublicAccessBlock.", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_names_all_actions_that_the_operation_needs() => Assert.Equal(
        "cloudtrail:CreateTrail was refused (AccessDenied): no It needs cloudtrail:CreateTrail, iam:CreateServiceLinkedRole.",
        Fault.Of(new AwsException("cloudtrail:CreateTrail", "AccessDenied", 403, "", "no"))!.Detail);

    [Fact]
    public void Refusal_by_a_key_names_no_action_of_the_operation() => Assert.Equal(
        "kinesis:StartStreamEncryption was refused (KMSAccessDeniedException): no",
        Fault.Of(new AwsException("kinesis:StartStreamEncryption", "KMSAccessDeniedException", 400, "", "no"))!.Detail);

    [Theory]
    [InlineData("dynamodb:UpdateContinuousBackups", "ContinuousBackupsUnavailableException", "throttled-out", true)]
    [InlineData("rds:ModifyDBInstance", "InvalidDBInstanceState", "throttled-out", true)]
    [InlineData("dynamodb:UpdateTable", "ThrottlingException", "throttled-out", true)]
    [InlineData("sns:SetTopicAttributes", "NotFound", "not-found", false)]
    [InlineData("sns:SetTopicAttributes", "InvalidParameter", "failed", false)]
    public void Errors_of_AWS_end_in_their_reason(string operation, string code, string reason, bool isPassing)
    {
        var fault = Fault.Of(FakeAws.Error(operation, code, 400))!;

        Assert.Equal((reason, isPassing), (fault.Reason.Name(), fault.IsPassing));
    }

    [Theory]
    [InlineData("InvalidToken")]
    [InlineData("SubscriptionRequiredException")]
    public void Service_that_is_not_turned_on_is_named_with_what_to_do(string code) => Assert.Equal(
        $"shield:DescribeSubscription: AWS does not take the service's credentials there ({code}: no). No permission is missing: the "
        + "region, or the service, is not turned on in that account. Turn it on, or exempt what is there.",
        Fault.Of(new AwsException("shield:DescribeSubscription", code, 400, "", "no"))!.Detail);

    [Theory]
    [InlineData("Role arn:x does not exist")]
    [InlineData("Invalid principal in policy")]
    [InlineData("Topic Not Found")]
    [InlineData("the key cannot be found")]
    [InlineData("the key could not be found")]
    public void What_a_recorded_value_refers_to_may_be_gone(string said)
    {
        var fault = Fault.Of(new AwsException("s3:PutBucketPolicy", "MalformedPolicy", 400, "", said))!;
        var recorded = new RecordedOrigin(Some.Time, new("1", Some.Time), new("2", Some.Time));
        var rollback = Applying with { Change = Some.Planned() with { Recorded = recorded } };

        Assert.Equal(Reason.ReferenceGone, fault.During(rollback).Reason);
        Assert.Equal(fault.Detail, fault.During(rollback).Detail);
        Assert.Equal(Reason.Failed, fault.During(Applying).Reason);
        Assert.Equal(Reason.Failed, fault.During(rollback with { State = IncidentState.Verifying }).Reason);
        Assert.Equal(Reason.ReferenceGone, new Fault(Reason.NotFound, "", false).During(rollback).Reason);
        Assert.Equal(Reason.NotFound, new Fault(Reason.NotFound, "", true).During(rollback).Reason);
        Assert.Equal(Reason.Failed, new Fault(Reason.Failed, "something else", false).During(rollback).Reason);
        Assert.Equal(Reason.Conflict, new Fault(Reason.Conflict, said, false).During(rollback).Reason);
    }

    [Fact]
    public void Playbook_that_is_missing_is_named_as_the_policy_does()
    {
        var fault = Fault.Of(new FileNotFoundException("no", "/var/task/playbooks/s3/some-playbook.yaml"))!;

        Assert.Equal(
            new(
                Reason.NotConfigured, "The policy names the playbook s3/some-playbook, which this deployment does not have.", false),
            fault);
        Assert.Equal(
            "The policy names the playbook , which this deployment does not have.", Fault.Of(new FileNotFoundException())!.Detail);
    }

    [Fact]
    public void Playbook_that_cannot_be_read_is_named_with_the_command_that_says_why()
    {
        var fault = Fault.Of(new InvalidFileException([new("PB001", new("s3/a.yaml", 1, 1), "odd")]))!;

        Assert.Equal(
            "The playbook s3/a cannot be used as it is deployed: 'remediator lint' names what is wrong in it.", fault.Detail);
        Assert.StartsWith("The playbook cannot be used", Fault.Of(new InvalidFileException([]))!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Defect_is_no_fault() => Assert.Null(Fault.Of(new InvalidOperationException("a defect")));

    [Theory]
    [InlineData(AwsFault.Busy, "a:B: the resource is busy (Odd): words")]
    [InlineData(AwsFault.Gone, "a:B: Odd: words")]
    [InlineData(AwsFault.Permanent, "a:B: Odd: words")]
    public void Error_is_given_in_words_of_AWS(AwsFault fault, string says)
    {
        var error = FakeAws.Error("a:B", "Odd", 400, fault);

        Assert.Equal(says.Replace("words", error.ServiceMessage, StringComparison.Ordinal), Fault.Of(error)!.Detail);
    }

    private static Incident Applying => Some.Incident() with { State = IncidentState.Applying, Change = Some.Planned() };

    [Fact]
    public void AWS_messages_are_limited_in_length() =>
        Assert.InRange(Fault.Of(new AwsException("a:B", "Odd", 400, "", new string('x', 1_000_000)))!.Detail.Length, 1, 2000);

    [Fact]
    public void What_waiting_does_not_help_is_not_tried_again()
    {
        Exception[] all =
        [
            new AwsException("a:B", "InvalidClientTokenId", 403, "r", "words"), new AwsInputException("a:B", "Name", "is missing"),
            new WrongResourceException("words"), new MissingValueException("words"), new NotConfiguredException("words"),
            new NotReversibleException("words"), new UndeclaredCallException("a:B", "s3/a"), new UnknownPlaybookException("s3/a", "hash"),
            new IncidentTooLargeException("incident", 2, 1), new FileNotFoundException("words", "playbooks/s3/a.yaml"),
            new InvalidFileException([]),
        ];

        Assert.All(all, e => Assert.False(Fault.Of(e)!.IsPassing));
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException), true)]
    [InlineData(typeof(NullReferenceException), true)]
    [InlineData(typeof(OperationCanceledException), false)]
    [InlineData(typeof(TaskCanceledException), false)]
    [InlineData(typeof(HttpRequestException), false)]
    [InlineData(typeof(IOException), false)]
    [InlineData(typeof(TimeoutException), false)]
    [InlineData(typeof(OutOfMemoryException), false)]
    public void What_nobody_expected_is_a_defect_and_what_passes_is_not(Type type, bool isDefect) =>
        Assert.Equal(isDefect, Defect.Is((Exception)Activator.CreateInstance(type)!));
}
