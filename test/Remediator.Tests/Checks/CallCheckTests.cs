using Remediator.Checks;
using Remediator.Playbooks;

namespace Remediator.Tests.Checks;

public class CallCheckTests
{
    [Fact]
    public void An_unknown_operation_gets_the_nearest_right_one() =>
        Lint.With("s3:GetPublicAccessBlock", "s3:GetPublicAccesBlock").Only("PB020", 6, "did you mean 's3:GetPublicAccessBlock'?");

    [Fact]
    public void An_unknown_service_is_named() =>
        Lint.With("s3:GetPublicAccessBlock", "s33:GetPublicAccessBlock").Only("PB020", 6, "'s33' is not a service");

    [Fact]
    public void An_unknown_parameter_gets_the_nearest_right_one() =>
        Lint.With("""{Bucket: "${resource.id}", Public""", """{Bucket: "${resource.id}", Bukket: b, Public""").Only("PB021", 13, "did you mean 'Bucket'?");

    [Fact]
    public void A_parameter_is_checked_at_every_depth() =>
        Lint.With("\"${target}\"", "{BlockPublicAcls: \"${target.BlockPublicAcls}\", BlockPublicPolicies: true}")
            .Only("PB021", 13, "'PublicAccessBlockConfiguration.BlockPublicPolicies' is not in s3:PutPublicAccessBlock (did you mean 'BlockPublicPolicy'?)");

    [Fact]
    public void A_literal_of_the_wrong_type_is_found() =>
        Lint.With("""{Bucket: "${resource.id}", Public""", "{Bucket: 5, Public").Only("PB022", 13, "'Bucket' in s3:PutPublicAccessBlock is text, not a number; quote it");

    [Fact]
    public void An_expression_of_the_wrong_type_is_found() =>
        Lint.With("\"${target}\"", "\"${target.BlockPublicAcls}\"").Only("PB022", 13, "is an object, not true or false");

    [Fact]
    public void A_list_where_an_object_belongs_is_found() =>
        Lint.With("\"${target}\"", "[\"${target}\"]").Only("PB022", 13, "is an object, not a list");

    [Fact]
    public void A_value_that_the_model_does_not_list_is_found() => Lint.Of("""
        summary: Turns versioning on.
        rules: [S3_BUCKET_VERSIONING_ENABLED]
        resource: AWS::S3::Bucket
        impact: cost
        read: {call: "s3:GetBucketVersioning", with: {Bucket: "${resource.id}"}}
        want: {Status: Enabled}
        write:
          call: s3:PutBucketVersioning
          with: {Bucket: "${resource.id}", VersioningConfiguration: {Status: Enable, MFADelete: "${target.MFADelete}"}}
        manual: Turn it on.
        """).Only("PB023", 9, "did you mean 'Enabled'?");

    [Fact]
    public void A_required_parameter_that_is_missing_is_found() =>
        Lint.With("""{Bucket: "${resource.id}", Public""", "{Public").Only("PB024", 13, "s3:PutPublicAccessBlock requires 'Bucket'");

    [Fact]
    public void A_wanted_member_that_is_never_read_is_found() =>
        Lint.With("{BlockPublicAcls: true}", "{BlockPublicAcl: true}").Only("PB025", 10, "did you mean 'BlockPublicAcls'?");

    [Fact]
    public void A_read_that_changes_something_is_found() =>
        Assert.Contains("PB027", Lint.With("s3:GetPublicAccessBlock", "s3:DeletePublicAccessBlock").Select(p => p.Code));

    [Fact]
    public void An_error_that_the_operation_never_answers_is_found() => Lint.Of(Topic("NotFoundd")).Only("PB026", 5, "did you mean 'NotFound'?");

    [Fact]
    public void An_error_by_its_name_in_the_model_gets_its_code_on_the_wire() => Lint.Of(Topic("NotFoundException")).Only("PB026", 5, "write 'NotFound'");

    [Fact]
    public void An_error_by_both_names_is_right() => Assert.Empty(Lint.Of(Topic("[NotFound, NotFoundException]")));

    [Fact]
    public void A_service_whose_actions_are_not_known_is_found()
    {
        var (playbook, _) = PlaybookReader.TryRead("s3/block", "s3/block.yaml", Lint.Good);

        var problems = PermissionCheck.Of(new CheckedPlaybook(playbook!, "s3/block.yaml"), isDerivable: _ => false);

        Assert.Equal(["PB060", "PB060", "PB060"], problems.Select(p => p.Code));
    }

    private static string Topic(string error) => $$"""
        summary: Turns encryption on.
        rules: [SNS_ENCRYPTED_KMS]
        resource: AWS::SNS::Topic
        impact: brief
        read: {call: "sns:GetTopicAttributes", with: {TopicArn: "${resource.id}"}, take: Attributes, gone-on: {{error}}}
        want: {KmsMasterKeyId: alias/aws/sns}
        write: {call: "sns:SetTopicAttributes", with: {TopicArn: "${resource.id}", AttributeName: KmsMasterKeyId, AttributeValue: "${target.KmsMasterKeyId}"} }
        manual: Turn it on.
        """;
}
