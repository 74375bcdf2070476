namespace Remediator.Tests.Authoring.Checks;

/// <summary>Mistakes about a resource's identity, and about whether it exists.</summary>
internal static class ResourceMistakes
{
    public static readonly LintCase[] All =
    [
        LintCase
            .Good(
                "PB100",
                "a resource that is never gone",
                "resource: AWS",
                "resource: ▸AWS",
                "nothing tells a AWS::S3::Bucket that is gone",
                "'gone-on' or 'gone-when'")
            .Less("  gone-on: NoSuchBucket\n"),
        Stream(
            "PB101",
            "an error that a filter never answers",
            "▸ec2:DescribeFlowLogs",
            "{Filter: [{Name: resource-id, Values: [\"${resource.id}\"]}]}",
            "gone-on: InvalidFlowLogId.NotFound",
            "looks by a filter",
            "write 'gone-when' instead of 'gone-on'"),
        Named(
            "PB102",
            "a name that nothing proves",
            "call: ▸ec2:DescribeFlowLogs\n    with: {Filter: [{Name: resource-id, Values: [\"${resource.id}\"]}]}\n    take: "
            + "FlowLogs[0].FlowLogId",
            "nothing proves that 'found' is of the resource",
            "add 'identity'"),
        Cut("PB103", "a name cut at the last slash", "split(resource.id, '/')[-1]"),
        Cut("PB103", "a name cut at the last slash, backwards", "reverse(split(resource.arn, '/'))[0]"),
        Cut("PB103", "a name without what stands before it", "replace(resource.id, 'arn:', '')"),
        LintCase.Good(
            "PB104",
            "a member of a negation",
            "call: s3:DeletePublicAccessBlock",
            "call: s3:DeletePublicAccessBlock\n  when: ▸\"!target.BlockPublicAcls\"",
            "'!target.BlockPublicAcls'",
            "write '!(a.b)'"),
        LintCase.Good(
            "PB104",
            "a filter of a negation",
            "call: s3:DeletePublicAccessBlock",
            "call: s3:DeletePublicAccessBlock\n  when: ▸\"!target[?@]\"",
            "write '!(a.b)'"),
    ];

    private static LintCase Cut(string code, string mistake, string expression) =>
        Named(
            code,
            mistake,
            $"call: autoscaling:DescribeAutoScalingGroups\n    with: {{AutoScalingGroupNames: [▸\"${{{expression}}}\"]}}\n    take: "
            + "AutoScalingGroups[0].AutoScalingGroupName",
            "cuts at a separator that the name may hold",
            "after(text, marker)");

    private static LintCase Named(string code, string mistake, string query, params string[] says) => new(code, mistake, $$"""
        summary: Turns the checks of a load balancer on.
        rules: [AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED]
        resource: AWS::AutoScaling::AutoScalingGroup
        impact: brief
        resolve:
          found:
            {{query}}
        read:
          call: autoscaling:DescribeAutoScalingGroups
          with: {AutoScalingGroupNames: ["${resource.found}"]}
          take: AutoScalingGroups[0].{HealthCheckType:HealthCheckType}
          gone-when: "!AutoScalingGroups"
        want: {HealthCheckType: ELB}
        write:
          call: autoscaling:UpdateAutoScalingGroup
          with: {AutoScalingGroupName: "${resource.found}", HealthCheckType: "${target.HealthCheckType}"}
        manual: Turn them on.
        """, says);

    private static LintCase Stream(string code, string mistake, string call, string with, string gone, params string[] says) =>
        new(
            code,
            mistake,
            $$"""
            summary: Turns flow logs on.
            rules: [VPC_FLOW_LOGS_ENABLED]
            ignores: [trafficType]
            resource: AWS::EC2::VPC
            impact: cost
            read:
              call: {{call}}
              with: {{with}}
              take: FlowLogs[].{TrafficType:TrafficType}
              {{gone}}
            want: [{TrafficType: ALL}]
            write:
              call: ec2:CreateFlowLogs
              for-each: diff
              with: {ResourceIds: ["${resource.id}"], ResourceType: VPC, TrafficType: "${item.TrafficType}"}
            undo: {call: "ec2:DeleteFlowLogs", with: {FlowLogIds: ["${target[0].TrafficType}"]} }
            manual: Turn them on.
            """,
            says);
}
