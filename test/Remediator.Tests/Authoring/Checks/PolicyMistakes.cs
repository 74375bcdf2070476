using Remediator.Decide;

namespace Remediator.Tests.Authoring.Checks;

/// <summary>Mistakes in the policy.</summary>
internal static class PolicyMistakes
{
    public const string WithKey = """
        summary: Turns encryption on.
        rules: [SNS_ENCRYPTED_KMS]
        ignores: [kmsKeyIds]
        resource: AWS::SNS::Topic
        impact: brief
        params: {kmsKeyId: {required: true, description: The key.}}
        read: {call: "sns:GetTopicAttributes", with: {TopicArn: "${resource.id}"}, take: Attributes}
        want: {KmsMasterKeyId: "${params.kmsKeyId}"}
        write: {call: "sns:SetTopicAttributes", with: {TopicArn: "${resource.id}", AttributeName: KmsMasterKeyId, AttributeValue: "${target.KmsMasterKeyId}"}}
        manual: Turn it on.
        """;

    public static readonly LintCase[] All =
    [
        Of("PO002", "an unknown mode", "defaults: {mode: ▸on}", "'on' is not a mode", "one of observe, approve, auto"),
        Of("PO002", "an unknown severity", "defaults: {severity: ▸high}", "'high' is not a severity", "one of critical, error, warning, info"),
        Of("PO002", "no time", "exemptions: [{match: {resource: a}, reason: moving, until: ▸tomorrow}]", "'tomorrow' is not a time", "write 2027-01-31")
            with { Besides = ["PO015"] },
        Of("PO002", "no share", "defaults: {rollout: ▸120%}", "'120' is not a whole number from 0 to 100"),
        Of("PO002", "reminders out of order", "escalation: {remind-after: ▸[8h, 1h]}", "each reminder must come after the one before it"),

        Of("PO004", "an exemption of everything", "exemptions: [▸{reason: moving, until: 2027-01-01}]", "'match' is missing", "'mode: observe' in the defaults"),

        Of("PO010", "an unknown rule", "rules:\n  - match: {rule: ▸SNS_ENCRYPTED_KSM}\n    mode: observe", "AWS Config has no managed rule 'SNS_ENCRYPTED_KSM'", "did you mean 'SNS_ENCRYPTED_KMS'?"),
        Of("PO011", "a rule that no playbook answers", "rules:\n  - match: {rule: ▸ACCESS_KEYS_ROTATED}\n    mode: auto",
            "no playbook answers ACCESS_KEYS_ROTATED", "escalated to a person") with { IsWarning = true },
        Of("PO012", "an unknown playbook", "rules:\n  - match: {rule: my-own-rule}\n    playbook: ▸s3/blok", "there is no playbook 's3/blok'", "did you mean 's3/block'?"),
        Of("PO013", "an unknown parameter", "rules:\n  - match: {rule: SNS_ENCRYPTED_KMS}\n    params: {▸kmsKey: alias/mine}", "has a parameter 'kmsKey'", "did you mean 'kmsKeyId'?"),
        Of("PO014", "a parameter that the playbook needs", "rules:\n  - match: {rule: ▸SNS_ENCRYPTED_KMS}\n    mode: auto", "playbook s3/block needs", "'params: {kmsKeyId: …}': The key."),
        Of("PO015", "an exemption that ended", "exemptions: [▸{match: {resource: a}, reason: moving, until: 2026-11-24}]",
            "this exemption ended on 2026-11-24", "remove it, or renew it with a reason") with { IsWarning = true },
        Of("PO016", "an unknown resource type", "rules:\n  - match: {resource-type: ▸AWS::SNS::Topik}", "AWS Config has no resource type", "did you mean 'AWS::SNS::Topic'?"),
    ];

    private static LintCase Of(string code, string mistake, string policy, params string[] says) => new(code, mistake, WithKey, says) { Policy = policy };
}
