namespace Remediator.Tests.Checks;

public class PolicyCheckTests
{
    private const string WithKey = """
        summary: Turns encryption on.
        rules: [SNS_ENCRYPTED_KMS]
        resource: AWS::SNS::Topic
        impact: brief
        params: {kmsKeyId: {required: true, description: The key.}}
        read: {call: "sns:GetTopicAttributes", with: {TopicArn: "${resource.id}"}, take: Attributes}
        want: {KmsMasterKeyId: "${params.kmsKeyId}"}
        write: {call: "sns:SetTopicAttributes", with: {TopicArn: "${resource.id}", AttributeName: KmsMasterKeyId, AttributeValue: "${target.KmsMasterKeyId}"}}
        manual: Turn it on.
        """;

    [Fact]
    public void A_policy_that_fits_has_no_problem() =>
        Assert.Empty(Lint.Of(WithKey, "rules: [{match: {rule: SNS_ENCRYPTED_KMS}, mode: auto, params: {kmsKeyId: alias/mine}}]"));

    [Fact]
    public void A_mode_that_does_not_exist_is_found() => Lint.Of(WithKey, "defaults: {mode: on}").Only("PO002", 1, "'on' is not a mode");

    [Fact]
    public void An_exemption_of_everything_is_found() =>
        Lint.Of(WithKey, "exemptions: [{reason: moving, until: 2027-01-01}]").Only("PO004", 1, "'match' is missing");

    [Fact]
    public void A_rule_that_does_not_exist_is_found() =>
        Lint.Of(WithKey, "rules:\n  - match: {rule: SNS_ENCRYPTED_KSM}\n    mode: observe").Only("PO010", 2, "did you mean 'SNS_ENCRYPTED_KMS'?");

    [Fact]
    public void A_rule_that_no_playbook_answers_is_a_warning()
    {
        var problems = Lint.Of(WithKey, "rules:\n  - match: {rule: ACCESS_KEYS_ROTATED}\n    mode: auto");

        problems.Only("PO011", 2, "no playbook answers ACCESS_KEYS_ROTATED");
        Assert.True(problems[0].IsWarning);
    }

    [Fact]
    public void A_playbook_that_does_not_exist_is_found() =>
        Lint.Of(WithKey, "rules:\n  - match: {rule: my-own-rule}\n    playbook: s3/blok").Only("PO012", 3, "did you mean 's3/block'?");

    [Fact]
    public void A_parameter_that_does_not_exist_is_found() =>
        Lint.Of(WithKey, "rules:\n  - match: {rule: SNS_ENCRYPTED_KMS}\n    params: {kmsKey: alias/mine}").Only("PO013", 3, "did you mean 'kmsKeyId'?");

    [Fact]
    public void A_parameter_that_the_playbook_needs_is_asked_for() =>
        Lint.Of(WithKey, "rules:\n  - match: {rule: SNS_ENCRYPTED_KMS}\n    mode: auto").Only("PO014", 2, "needs 'params: {kmsKeyId: …}': The key.");

    [Fact]
    public void An_exemption_that_ended_is_a_warning()
    {
        var problems = Lint.Of(WithKey, "exemptions: [{match: {resource: a}, reason: moving, until: 2026-11-24}]");

        problems.Only("PO015", 1, "ended on 2026-11-24");
        Assert.True(problems[0].IsWarning);
    }

    [Fact]
    public void A_resource_type_that_does_not_exist_is_found() =>
        Lint.Of(WithKey, "rules:\n  - match: {resource-type: AWS::SNS::Topik}").Only("PO016", 2, "did you mean 'AWS::SNS::Topic'?");
}
