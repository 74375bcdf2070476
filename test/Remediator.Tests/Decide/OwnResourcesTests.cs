using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Testing.Fakes;

namespace Remediator.Tests.Decide;

public sealed class OwnResourcesTests
{
    private readonly OwnResources _own = OwnResources.Of(
        [
            "arn:aws:dynamodb:us-east-1:123456789012:table/remediator-Journal-1",
            "arn:aws:sns:us-east-1:123456789012:remediator-EscalationTopic-1",
            "arn:aws:sqs:us-east-1:123456789012:remediator-ComplianceQueue-1",
            "arn:aws:logs:us-east-1:123456789012:log-group:remediator-SweepLogs-1:*",
            "arn:aws:iam::123456789012:role/remediator-SweepRole-1",
            "arn:aws:events:us-east-1:123456789012:event-bus/remediator-Bus-1",
            "arn:aws:events:us-east-1:123456789012:rule/remediator-Bus-1/remediator-Changes-1",
            "arn:aws:kms:us-east-1:123456789012:key/0b0c6ad4-3f6a-4b5e-9a51-6f0b1f2c3d4e",
        ],
        FakeAws.Account,
        "remediator-");

    [Theory]
    [InlineData("AWS::DynamoDB::Table", "remediator-Journal-1")]
    [InlineData("AWS::DynamoDB::Table", "arn:aws:dynamodb:us-east-1:123456789012:table/remediator-Journal-1")]
    [InlineData("AWS::SNS::Topic", "arn:aws:sns:us-east-1:123456789012:remediator-EscalationTopic-1")]
    [InlineData("AWS::SQS::Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/remediator-ComplianceQueue-1")]
    [InlineData("AWS::Events::EventBus", "remediator-Bus-1")]
    [InlineData("AWS::Events::Rule", "remediator-Bus-1|remediator-Changes-1")]
    [InlineData("AWS::KMS::Key", "0b0c6ad4-3f6a-4b5e-9a51-6f0b1f2c3d4e")]
    [InlineData("AWS::Logs::LogGroup", "remediator-SweepLogs-1")]
    [InlineData("AWS::IAM::Role", "remediator-SweepRole-1")]
    [InlineData("AWS::Lambda::Function", "remediator-RemediateFunction-AbCdEf")]
    [InlineData("AWS::Lambda::Function", "arn:aws:lambda:us-east-1:123456789012:function:remediator-RemediateFunction-AbCdEf")]
    public void Services_own_resources_are_recognised_in_every_form_of_id(string type, string id) =>
        Assert.True(_own.Contains(Key(type, id)));

    [Theory]
    [InlineData("AWS::DynamoDB::Table", "orders")]
    [InlineData("AWS::SNS::Topic", "arn:aws:sns:us-east-1:123456789012:remediator-Journal-1")]
    [InlineData("AWS::S3::Bucket", "remediator-Journal-1")]
    [InlineData("AWS::Lambda::Function", "orders")]
    public void Similar_ids_of_other_resources_do_not_count(string type, string id) => Assert.False(_own.Contains(Key(type, id)));

    [Fact]
    public void Another_account_has_its_own() =>
        Assert.False(_own.Contains(Key("AWS::DynamoDB::Table", "remediator-Journal-1") with { Account = "999999999999" }));

    [Theory]
    [InlineData(
        "AWS::SQS::Queue",
        "https://sqs.us-east-1.amazonaws.com/123456789012/a-queue",
        "arn:aws:sqs:us-east-1:123456789012:a-queue")]
    [InlineData("AWS::S3::Bucket", "a-bucket", null)]
    public void Resource_that_could_be_the_services_own_has_the_name_by_which_it_is_known(string type, string id, string? arn) =>
        Assert.Equal(arn, OwnResources.ArnOf(Key(type, id), "aws"));

    [Fact]
    public void Where_the_functions_names_are_not_known_no_function_counts() => Assert.False(
        OwnResources.Of([], FakeAws.Account, "").Contains(Key("AWS::Lambda::Function", "orders")));

    [Fact]
    public void Nothing_is_known_where_nothing_is_named() =>
        Assert.False(OwnResources.None.Contains(Key("AWS::Lambda::Function", "remediator-RemediateFunction-AbCdEf")));

    private static ResourceKey Key(string type, string id) => new(FakeAws.Account, FakeAws.Region, type, id);
}
