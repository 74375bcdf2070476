namespace Remediator.Tests.Authoring.Checks;

/// <summary>Mistakes in what expressions read.</summary>
internal static class ExpressionCases
{
    public static readonly LintCase[] All =
    [
        LintCase.Good(
            "PB010",
            "no expression",
            "take: PublicAccessBlockConfiguration",
            "take: ▸PublicAccessBlockConfiguration[",
            "is not an expression"
        ) with
        {
            Besides = ["PB025"],
        },
        LintCase.Good(
            "PB010",
            "an unknown function",
            "\"${target}\"",
            "▸\"${mergee(target, target)}\"",
            "is not an expression",
            "mergee"
        ) with
        {
            Besides = ["PB030"],
        },
        LintCase.Good(
            "PB011",
            "an unknown name",
            "\"${target}\"",
            "▸\"${targett && target}\"",
            "there is no 'targett' here",
            "did you mean 'target'?"),
        LintCase.Good(
            "PB011",
            "a name that is known elsewhere",
            "{Bucket: \"${resource.id}\", Public",
            "{Bucket: ▸\"${item}\", Public",
            "there is no 'item' here",
            "it is known only in the values of a call with 'for-each'"),
        LintCase.Good(
            "PB011",
            "the state while it is read",
            "call: s3:GetPublicAccessBlock\n  with: {Bucket: \"${resource.id}\"}",
            "call: s3:GetPublicAccessBlock\n  with: {Bucket: ▸\"${state}\"}",
            "there is no 'state' here",
            "it is known only in 'want', 'remove', 'unless'"),
        LintCase.Good(
            "PB012",
            "a member that the output does not have",
            "take: PublicAccessBlockConfiguration",
            "take: ▸PublicAccessBlockConfig",
            "there is no 'PublicAccessBlockConfig' in the output of s3:GetPublicAccessBlock",
            "did you mean 'PublicAccessBlockConfiguration'?"),
        LintCase.Good(
            "PB012",
            "a member that the state does not have",
            "{BlockPublicAcls: true}",
            "{BlockPublicAcls: ▸\"${state.BlockPublicAclz || `true`}\"}",
            "there is no 'BlockPublicAclz'",
            "did you mean 'BlockPublicAcls'?"),
        LintCase.Good(
            "PB012",
            "a member of a plain value",
            "{BlockPublicAcls: true}",
            "{BlockPublicAcls: ▸\"${state.BlockPublicAcls.On || `true`}\"}",
            "'On' is asked of boolean, which has no members"),
        new(
            "PB012",
            "a member of a list",
            """
            summary: Requires tokens.
            rules: [EC2_IMDSV2_CHECK]
            resource: AWS::EC2::Instance
            impact: brief
            read:
              call: ec2:DescribeInstances
              with: {InstanceIds: ["${resource.id}"]}
              take: ▸Reservations.Instances[0].MetadataOptions
            want: {HttpTokens: required}
            write:
              call: ec2:ModifyInstanceMetadataOptions
              with: {InstanceId: "${resource.id}", HttpTokens: "${target.HttpTokens}"}
            manual: Turn it on.
            """, "'Instances' is asked of a list", "write […] before it"),
        new("PB012", "a parameter that the rule does not have", """
            summary: Keeps events.
            rules: [CW_LOGGROUP_RETENTION_PERIOD_CHECK]
            ignores: [LogGroupNames, MinRetentionTime]
            resource: AWS::Logs::LogGroup
            impact: cost
            read:
              call: logs:DescribeLogGroups
              with: {logGroupNamePrefix: "${resource.id}"}
              take: logGroups[?logGroupName==${resource.id}] | [0].{retentionInDays:retentionInDays}
              gone-when: "!logGroups"
            want: {retentionInDays: ▸"${to_number(rule.MinRetention || '365')}"}
            write:
              call: logs:PutRetentionPolicy
              with: {logGroupName: "${resource.id}", retentionInDays: "${target.retentionInDays}"}
            manual: Set it.
            """,
            "there is no 'MinRetention'",
            "did you mean 'MinRetentionTime'?"),
        LintCase.Good(
            "PB050",
            "a parameter that is not declared",
            "{BlockPublicAcls: true}",
            "{BlockPublicAcls: ▸\"${params.block}\"}",
            "the playbook has no parameter 'block'",
            "declared under 'params'"),
        LintCase.Good(
            "PB051",
            "a parameter that nothing uses",
            "impact: brief",
            "impact: brief\nparams: {key: ▸{default: a, description: A key.}}",
            "nothing uses the parameter 'key'",
            "remove it, or use ${params.key}"
        ) with
        {
            IsWarning = true,
        },
        Recorded(
            "PB028",
            "a recorded member that the state does not have",
            "{BlockPublicAcls: configuration.blockPublicAcls, BlockPublicAclz: `true`}",
            "'BlockPublicAclz' is not in what 'read' takes",
            "did you mean 'BlockPublicAcls'?"),
        Recorded(
            "PB028",
            "a recorded list where there is an object",
            "configuration.blocks[].{BlockPublicAcls: on}",
            "'recorded' is a list, and 'read' takes an object there"),
        Recorded(
            "PB028",
            "a recorded object where there is a truth value",
            "supplementary && {BlockPublicAcls: {On: `true`}}",
            "'BlockPublicAcls' is an object, and 'read' takes true or false there"),
        Recorded(
            "PB028",
            "a recorded member of one of two alternatives",
            "merge(configuration, {IgnorePublicAcl: `true`}) || `null`",
            "'IgnorePublicAcl' is not in what 'read' takes"),
        Recorded("PB104", "a member of a negation in what was recorded", "{BlockPublicAcls: !configuration.blockPublicAcls.on}", "!("),
    ];

    private static LintCase Recorded(string code, string mistake, string recorded, params string[] says) =>
        LintCase.Good(code, mistake, "want:", $"recorded: ▸\"{recorded}\"\nwant:", says);
}
