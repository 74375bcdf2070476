using Remediator.Authoring.Permissions;
using Remediator.Decide;

namespace Remediator.Tests.Authoring.Checks;

/// <summary>Mistakes in a playbook's purpose, and in its undo.</summary>
internal static class PlaybookMistakes
{
    private const string Clear = "clear:\n  call: s3:DeletePublicAccessBlock\n  with: {Bucket: \"${resource.id}\"}\n";
    private const string Undo = "undo: {call: \"lambda:GetPolicy\", with: {FunctionName: \"${resource.id}\"}}";

    private const string InParts = """
        summary: Copies a snapshot with a key, and then deletes the original.
        rules: [RDS_SNAPSHOT_ENCRYPTED]
        resource: AWS::RDS::DBSnapshot
        impact: irreversible
        steps:
          - name: copy
            read:
              call: rds:DescribeDBSnapshots
              with: {DBSnapshotIdentifier: "${resource.id}-encrypted"}
              take: DBSnapshots[?Status == 'available'] | [0].Status
              absent-on: DBSnapshotNotFound
            want: available
            wait: 1d
            write:
              call: rds:CopyDBSnapshot
              with: {SourceDBSnapshotIdentifier: "${resource.id}", TargetDBSnapshotIdentifier: "${target}"}
            undo:
              call: rds:DeleteDBSnapshot
              with: {DBSnapshotIdentifier: "${resource.id}-encrypted"}
          - name: original
            ask-again: The copy is there.
            read:
              call: rds:DescribeDBSnapshots
              with: {DBSnapshotIdentifier: "${resource.id}"}
              take: DBSnapshots[0].Encrypted
              gone-on: DBSnapshotNotFound
              identity: DBSnapshots[0].[DBSnapshotIdentifier, DBSnapshotArn]
            deletes: "!state"
            write:
              call: rds:DeleteDBSnapshot
              with: {DBSnapshotIdentifier: "${resource.id}"}
        manual: Do it.
        """;

    public static readonly LintCase[] All =
    [
        new(
            "PB110",
            "a late step that nobody agrees to again",
            InParts.Replace(
                "- name: original\n    ask-again: The copy is there.\n",
                "- ▸name: original\n",
                StringComparison.Ordinal),
            "destroys or interrupts something after steps that may take 24 hours",
            "'ask-again'",
            "'ask-once'"),
        new(
            "PB111",
            "a second question before anything is made",
            InParts.Replace("- name: copy\n", "- ▸name: copy\n    ask-again: Sure?\n", StringComparison.Ordinal),
            "nothing is made before the first step"),
        LintCase.Good(
            "PB112",
            "a containment that stays for ever",
            "summary: Blocks",
            "▸containment: Ask the owner.\nfinal: Never.\nsummary: Blocks",
            "it needs an exact undo") with
        {
            Besides = ["PB040"],
        },
        LintCase.Good(
            "PB113",
            "a containment that takes what the rule asks for as its own",
            "want: {BlockPublicAcls: true}",
            "want: {BlockPublicAcls: true}\nunless: ▸state.BlockPublicPolicy\ncontainment: Ask the owner.",
            "ask in a 'guard'"),
        LintCase.Good(
            "PB030",
            "a write that forgets the earlier value",
            "call: s3:PutPublicAccessBlock\n  with: {Bucket: \"${resource.id}\", PublicAccessBlockConfiguration: \"${target}\"}",
            "call: ▸s3:PutPublicAccessBlock\n  with: {Bucket: \"${resource.id}\", PublicAccessBlockConfiguration: {BlockPublicAcls: true}}",
            "the write does not use 'target'",
            "add 'undo'"),
        LintCase.Good(
            "PB029",
            "a way back that knows one value only",
            "want:",
            "undo:\n  call: ▸s3:PutPublicAccessBlock\n  with: {Bucket: \"${resource.id}\", "
                + "PublicAccessBlockConfiguration: {BlockPublicAcls: false}}\n"
                + "recorded: \"{BlockPublicAcls: configuration.blockPublicAcls}\"\nwant:",
            "a rollback goes to whatever was recorded",
            "use 'target'"),
        Function(
            "PB030",
            "a removal that cannot be restored",
            "brief",
            "▸lambda:RemovePermission",
            "",
            "it cannot put back what was removed",
            "add 'undo', over 'items'"),
        new(
            "PB036",
            "an undo that makes anew what was deleted",
            """
            summary: Takes rules away.
            rules: [VPC_DEFAULT_SECURITY_GROUP_CLOSED]
            resource: AWS::EC2::SecurityGroup
            impact: brief
            read:
              call: ec2:DescribeSecurityGroupRules
              with: {Filters: [{Name: group-id, Values: ["${resource.id}"]}]}
              take: SecurityGroupRules[?!IsEgress]
            remove: state[?CidrIpv4=='0.0.0.0/0']
            write:
              call: ▸ec2:RevokeSecurityGroupIngress
              with: {GroupId: "${resource.id}", SecurityGroupRuleIds: "${items[].SecurityGroupRuleId}"}
            undo:
              call: ec2:AuthorizeSecurityGroupIngress
              for-each: items
              with: {GroupId: "${resource.id}", IpPermissions: [{IpProtocol: "${item.IpProtocol}"}]}
            manual: Take them away.
            """,
            ["the undo makes anew what the write deletes", "say under 'not-undone' what is other then"]),
        LintCase
            .Good(
                "PB031",
                "a setting that may be absent, without a way back",
                "write:\n  call: s3",
                "write:\n  call: ▸s3",
                "'absent-on' says that there may be nothing before",
                "add 'clear'")
            .Less(Clear),
        LintCase.Good(
            "PB032",
            "an unknown rule",
            "S3_BUCKET_PUBLIC_READ_PROHIBITED",
            "▸S3_BUCKET_PUBLIC_READ_PROHIBITD",
            "AWS Config has no managed rule",
            "did you mean 'S3_BUCKET_PUBLIC_READ_PROHIBITED'?"),
        LintCase.Good(
            "PB033",
            "an unknown resource type",
            "AWS::S3::Bucket",
            "▸AWS::S3::Bukket",
            "AWS Config has no resource type 'AWS::S3::Bukket'",
            "did you mean 'AWS::S3::Bucket'?"
        ) with
        {
            Besides = ["PB034"],
        },
        LintCase.Good(
            "PB034",
            "a rule of another type",
            "[S3_BUCKET_PUBLIC_READ_PROHIBITED]\nresource: AWS::S3::Bucket",
            "[▸S3_BUCKET_PUBLIC_READ_PROHIBITED]\nresource: AWS::EC2::Volume",
            "does not evaluate AWS::EC2::Volume, but AWS::S3::Bucket"
        ) with
        {
            IsWarning = true,
        },
        new LintCase(
            "PB035",
            "two playbooks for one rule",
            Lint.Good.Replace("[S3_", "[▸S3_", StringComparison.Ordinal),
            "s3/a-second and s3/block all answer S3_BUCKET_PUBLIC_READ_PROHIBITED",
            "choose one in the policy")
        {
            Other = Lint.Good,
        },
        Function(
            "PB040",
            "something taken away for nothing",
            "▸none",
            "lambda:RemovePermission",
            Undo,
            "takes something away that somebody may use",
            "at least 'brief'"),
        Instance(
            "PB040",
            "a stop that nobody was told of",
            "ec2:StopInstances",
            "'ec2:StopInstances' interrupts the resource",
            "the impact is 'restart'"),
        Instance(
            "PB040",
            "an end that is called short",
            "ec2:TerminateInstances",
            "'ec2:TerminateInstances' cannot be undone",
            "the impact is 'irreversible'"),
    ];

    private static LintCase Function(string code, string mistake, string impact, string write, string undo, params string[] says) =>
        new(
            code,
            mistake,
            $$"""
            summary: Removes statements.
            rules: [LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED]
            resource: AWS::Lambda::Function
            impact: {{impact}}
            read: {call: "lambda:GetPolicy", with: {FunctionName: "${resource.id}"}, take: parse_json(Policy).Statement,
              gone-on: ResourceNotFoundException}
            remove: state[?Principal=='*']
            write:
              call: {{write}}
              for-each: items
              with: {FunctionName: "${resource.id}", StatementId: "${item.Sid}"}
            {{undo}}
            manual: Remove it.
            """,
            says);

    private static LintCase Instance(string code, string mistake, string write, params string[] says) =>
        new(
            code,
            mistake,
            $$"""
            summary: Ends an instance.
            rules: [EC2_INSTANCE_NO_PUBLIC_IP]
            resource: AWS::EC2::Instance
            impact: ▸brief
            read: {call: "ec2:DescribeInstances", with: {InstanceIds: ["${resource.id}"]},
              take: "{State: Reservations[0].Instances[0].State.Name}"}
            want: {State: stopped}
            write: {call: "{{write}}", with: {InstanceIds: ["${resource.id}"]} }
            undo: {call: "ec2:StartInstances", with: {InstanceIds: ["${resource.id}"]} }
            manual: End it.
            """,
            says);
}
