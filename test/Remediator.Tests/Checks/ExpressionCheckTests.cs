namespace Remediator.Tests.Checks;

public class ExpressionCheckTests
{
    [Fact]
    public void Text_that_is_no_expression_is_found() =>
        Assert.Contains("PB010", Lint.With("take: PublicAccessBlockConfiguration", "take: PublicAccessBlockConfiguration[").Select(p => p.Code));

    [Fact]
    public void An_unknown_function_is_found() =>
        Assert.Contains("PB010", Lint.With("\"${target}\"", "\"${mergee(target, target)}\"").Select(p => p.Code));

    [Fact]
    public void An_unknown_name_gets_the_nearest_right_one() => Lint.With("\"${target}\"", "\"${targett && target}\"").Only("PB011", 13, "did you mean 'target'?");

    [Fact]
    public void A_name_that_is_known_elsewhere_only_says_where() =>
        Lint.With("""
            write:
              call: s3:PutPublicAccessBlock
              with: {Bucket: "${resource.id}",
            """, """
            write:
              call: s3:PutPublicAccessBlock
              with: {Bucket: "${item}",
            """).Only("PB011", 13, "it is known only in the values of a call with 'for-each'");

    [Fact]
    public void The_state_is_not_known_while_it_is_read() =>
        Lint.With("""
              call: s3:GetPublicAccessBlock
              with: {Bucket: "${resource.id}"}
            """, """
              call: s3:GetPublicAccessBlock
              with: {Bucket: "${state}"}
            """).Only("PB011", 7, "there is no 'state' here");

    [Fact]
    public void A_path_that_the_output_does_not_have_is_found() =>
        Assert.Contains(
            Lint.With("take: PublicAccessBlockConfiguration", "take: PublicAccessBlockConfig"),
            p => p.Code == "PB012" && p.At.Line == 8 && p.Message.Contains("did you mean 'PublicAccessBlockConfiguration'?", StringComparison.Ordinal));

    [Fact]
    public void A_path_that_the_state_does_not_have_is_found() =>
        Lint.With("{BlockPublicAcls: true}", "{BlockPublicAcls: \"${state.BlockPublicAclz || `true`}\"}").Only("PB012", 10, "did you mean 'BlockPublicAcls'?");

    [Fact]
    public void A_member_asked_of_a_list_is_found() => Lint.Of("""
        summary: Requires tokens.
        rules: [EC2_IMDSV2_CHECK]
        resource: AWS::EC2::Instance
        impact: brief
        read:
          call: ec2:DescribeInstances
          with: {InstanceIds: ["${resource.id}"]}
          take: Reservations.Instances[0].MetadataOptions
        want: {HttpTokens: required}
        write:
          call: ec2:ModifyInstanceMetadataOptions
          with: {InstanceId: "${resource.id}", HttpTokens: "${target.HttpTokens}"}
        manual: Turn it on.
        """).Only("PB012", 8, "'Instances' is asked of a list");

    [Fact]
    public void A_parameter_that_the_rule_does_not_have_is_found() => Lint.Of("""
        summary: Keeps events.
        rules: [CW_LOGGROUP_RETENTION_PERIOD_CHECK]
        resource: AWS::Logs::LogGroup
        impact: cost
        read:
          call: logs:DescribeLogGroups
          with: {logGroupNamePrefix: "${resource.id}"}
          take: logGroups[?logGroupName==${resource.id}] | [0].{retentionInDays:retentionInDays}
        want: {retentionInDays: "${to_number(rule.MinRetention || '365')}"}
        write:
          call: logs:PutRetentionPolicy
          with: {logGroupName: "${resource.id}", retentionInDays: "${target.retentionInDays}"}
        manual: Set it.
        """).Only("PB012", 9, "did you mean 'MinRetentionTime'?");

    [Fact]
    public void A_parameter_that_is_not_declared_is_found() =>
        Lint.With("{BlockPublicAcls: true}", "{BlockPublicAcls: \"${params.block}\"}").Only("PB050", 10, "no parameter 'block'");

    [Fact]
    public void A_parameter_that_nothing_uses_is_a_warning()
    {
        var problems = Lint.With("impact: brief", "impact: brief\nparams: {key: {default: a, description: A key.}}");

        problems.Only("PB051", 5, "nothing uses the parameter 'key'");
        Assert.True(problems[0].IsWarning);
    }
}
