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
        read: {call: "sns:GetTopicAttributes", with: {TopicArn: "${resource.id}"}, take: Attributes, gone-on: NotFound}
        want: {KmsMasterKeyId: "${params.kmsKeyId}"}
        write: {call: "sns:SetTopicAttributes", with: {TopicArn: "${resource.id}", AttributeName: KmsMasterKeyId,
          AttributeValue: "${target.KmsMasterKeyId}"}}
        manual: Turn it on.
        """;

    public static readonly LintCase[] All =
    [
        Of("PB001", "a second document", "defaults: {}\n▸---\ndefaults: {mode: auto}", "a policy is one document"),
        Of("PB001", "an alias without its anchor", "defaults:\n  owner: &shop shop\n  environment: ▸*shp", "did you mean"),
        Of("PB001", "an anchor that stands twice", "defaults:\n  owner: &a shop\n  environment: ▸&a prod", "stands twice"),
        Of("PB001", "an anchor before a word", "defaults: {▸&a owner: shop}", "before a value"),
        Of("PB001", "an anchor within itself", "defaults: {params: &a {tags: ▸*a}}", "used within itself"),
        Of("PB001", "a merge key of a text", "defaults: {<<: ▸shop}", "takes a mapping"),
        Of("PB001", "a tag of YAML", "defaults: {owner: ▸!!str platform}", "YAML tags"),
        Of("PB001", "a word twice", "defaults: {mode: observe, ▸mode: auto}", "Duplicate key"),
        Of("PB002", "tags as a list", "rules:\n  - match: {resource: a, tag: ▸[sandbox]}\n    mode: auto", "expected tags as a mapping"),
        Of("PB002", "tags as text", "rules:\n  - match: {resource: a, tag: ▸'Stage=dev'}\n    mode: auto", "expected tags as a mapping"),
        Of(
            "PB001",
            "anchors that come to far too much",
            "▸rules:\n" + string.Concat(Enumerable.Range(0, 9).Select(n =>
                $"  - &e{n} [{string.Join(", ", Enumerable.Repeat(n == 0 ? "x" : $"*e{n - 1}", 9))}]\n")),
            "more than 1,000,000 values"),
        Of(
            "PB002",
            "tags as text in an exemption",
            "exemptions: [{match: {tag: ▸'Stage=dev'}, reason: moving, until: 2027-01-01}]",
            "expected tags as a mapping"),
        Of("PB002", "parameters that are none", "defaults: {params: ▸5}", "expected the parameters as a mapping"),
        Of("PB003", "a match in the defaults", "defaults: {▸match: {account: '111111111111'}}", "unknown word 'match' in defaults"),
        Of(
            "PB003",
            "a word that is misspelt",
            "rules:\n  - match: {resource: a}\n    ▸modus: auto",
            "unknown word 'modus'",
            "did you mean 'mode'?"),
        Of("PB004", "an exemption without a reason", "exemptions: [▸{match: {resource: a}, until: 2027-01-01}]", "'reason' is missing"),
        Of("PO002", "an unknown mode", "defaults: {mode: ▸auto-fix}", "'auto-fix' is not a mode", "one of observe, approve, auto"),
        Of(
            "PO002",
            "an unknown severity",
            "defaults: {severity: ▸high}",
            "'high' is not a severity",
            "one of critical, error, warning, info"),
        Of("PO002", "an unknown impact", "auto-up-to: [none, ▸small]", "'small' is not an impact", "one of none, brief"),
        Of(
            "PO002",
            "no time",
            "exemptions: [{match: {resource: a}, reason: moving, until: ▸tomorrow}]",
            "'tomorrow' is not a time",
            "write 2027-01-31"),
        Of(
            "PO002",
            "no day of the calendar",
            "exemptions: [{match: {resource: a}, reason: moving, until: ▸2027-02-30}]",
            "'2027-02-30' is not a time"),
        Of("PB003", "an unknown word of a rollout", "defaults: {rollout: {start: 5%, ▸until: 80%, over: 14d}}", "unknown word 'until'"),
        Of("PB003", "an unknown word of hold-if", "defaults: {rollout: {start: 5%, over: 14d, hold-if: {▸errors: 1}}}", "'errors'"),
        Of("PB004", "a rollout that does not say how long", "defaults: {rollout: ▸{start: 5%}}", "'over' is missing"),
        Of("PB004", "a rollout that does not say where it begins", "defaults: {rollout: ▸{over: 14d}}", "'start' is missing"),
        Of("PO002", "a rollout in no time", "defaults: {rollout: {start: 5%, over: ▸0d}}", "'0d' is not a duration above zero"),
        Of("PO002", "a share of a rollout above all", "defaults: {rollout: {start: 5%, to: ▸101%, over: 1d}}",
            "'101%' is not a whole number"),
        Of("PO002", "a rollout that is held by nothing", "defaults: {rollout: {start: 5%, over: 1d, hold-if: {undos: ▸0}}}", "from 1 to"),
        Of("PO003", "an empty hold-if", "defaults: {rollout: {start: 5%, over: 1d, hold-if: ▸{}}}", "is empty"),
        Of("PO006", "a rollout that falls", "defaults: {rollout: ▸{start: 50%, to: 5%, over: 14d}}",
            "'start' (50%) must be below 'to' (5%)"),
        Of("PO006", "a rollout that stays", "defaults: {rollout: ▸{start: 100%, over: 14d}}", "write 'rollout: 100%'"),
        Of("PO002", "no share", "defaults: {rollout: ▸120%}", "'120%' is not a whole number from 0 to 100"),
        Of("PO002", "a duration beyond all bounds", "defaults: {settle: ▸999999999d}", "'999999999d' is not a duration"),
        Of("PO002", "a time zone that nobody knows", "escalation: {time-zone: ▸Europe/Berln}", "'Europe/Berln' is not a time zone"),
        Of("PO002", "an account that is none", "rules:\n  - match: {account: ▸'1111'}\n    mode: auto", "'1111' is not an account"),
        Of("PO002", "an expression as a value", "defaults: {params: {kmsKeyId: ▸'${resource.id}'}}", "is an expression", "${account.team}"),
        Of("PO002", "an account entry that is none", "accounts: {▸'1111': {team: shop}}", "'1111' is not an account"),
        Of(
            "PO002",
            "a reference to what no account has",
            "defaults: {owner: ▸'${account.owner}'}",
            "is not text for an account",
            "${account.team}"),
        Of("PO003", "an account of which nothing is said", "accounts: {'111111111111': ▸{}}", "'an account' is empty"),
        Of("PO003", "no account", "rules:\n  - match: {account: ▸[]}\n    mode: auto", "an empty list"),
        Of("PO003", "no word to match", "rules:\n  - match: ▸{}\n    mode: auto", "'match' is empty"),
        Of("PO003", "no tags", "rules:\n  - match: {resource: a, tag: ▸{}}\n    mode: auto", "no tags"),
        Of("PO003", "a word without a value", "defaults: {owner: ▸}", "a word without a value means nothing"),
        Of("PO003", "an empty list of a parameter", "defaults: {params: {kmsKeyId: ▸[]}}", "an empty value"),
        Of(
            "PO004",
            "an exemption of everything",
            "exemptions: [▸{reason: moving, until: 2027-01-01}]",
            "'match' is missing",
            "'mode: observe' leaves all alone"),
        Of("PO004", "an entry about everything", "rules: [▸{mode: auto}]", "'match' is missing", "the defaults"),
        Of(
            "PO005",
            "an account that YAML takes for a number",
            "rules:\n  - match: {account: ▸011111111111}\n    mode: auto",
            "put it in quotes, '011111111111'"),
        Of("PO005", "a tag that some take for true", "rules:\n  - match: {tag: {public: ▸yes}}\n    mode: auto", "put it in quotes, 'yes'"),
        Of("PO006", "reminders out of order", "escalation: ▸{remind-after: [8h, 1h]}", "each reminder must come after the one before it"),
        Of(
            "PO006",
            "a freeze that ends before it begins",
            "freezes: [▸{from: 2027-02-01, until: 2027-01-01, reason: a}]",
            "ends before it begins"),
        Of(
            "PO002",
            "no open time",
            "windows: [{open: ▸'Sunday 2 - 5'}]",
            "is not a time of a week or a day",
            "'Sun 02:00 - Sun 05:00 Europe/Berlin'"),
        Of(
            "PO006",
            "a freeze of both kinds",
            "freezes: [▸{from: 2027-01-01, until: 2027-02-01, weekly: '02:00 - 03:00 UTC', reason: a}]",
            "either 'from' and 'until', or 'weekly'"),
        Of("PO006", "a freeze without an end", "freezes: [▸{from: 2027-01-01, reason: a}]", "either 'from' and 'until', or 'weekly'"),
        Of(
            "PO024",
            "a time zone that nobody knows",
            "windows: [▸{open: 'Sun 02:00 - Sun 05:00 Europe/Berlyn'}]",
            "does not know the time zone Europe/Berlyn"),
        Of("PO024", "a window without length", "windows: [▸{open: '02:00 - 02:00 UTC'}]", "it ends when it begins"),
        Of(
            "PO019",
            "a window of a team that no account has",
            "windows: [{match: {team: ▸shop}, open: '02:00 - 03:00 UTC'}]",
            "no account of 'accounts' has 'team: shop'"),
        Of(
            "PO010",
            "an unknown rule",
            "rules:\n  - match: {rule: ▸SNS_ENCRYPTED_KSM}\n    mode: observe",
            "AWS Config has no managed rule 'SNS_ENCRYPTED_KSM'",
            "did you mean 'SNS_ENCRYPTED_KMS'?"),
        Of(
            "PO010",
            "a rule's own name",
            "rules:\n  - match: {rule: ▸our-own-rule}\n    mode: observe",
            "AWS Config has no managed rule 'our-own-rule'",
            "'rule-name: our-own-rule'"),
        Of(
            "PO010",
            "a pattern of no rule",
            "rules:\n  - match: {rule: ▸S3_BUKET_*}\n    mode: observe",
            "AWS Config has no managed rule 'S3_BUKET_*'"),
        Of(
            "PO011",
            "a rule that no playbook answers",
            "rules:\n  - match: {rule: ▸ACCESS_KEYS_ROTATED}\n    mode: auto",
            "no playbook answers ACCESS_KEYS_ROTATED",
            "escalated to a person"
        ) with
        {
            IsWarning = true,
        },
        Of(
            "PO012",
            "an unknown playbook",
            "rules:\n  - match: {rule-name: my-own-rule}\n    playbook: ▸s3/blok",
            "there is no playbook 's3/blok'",
            "did you mean 's3/block'?"),
        Of(
            "PO013",
            "an unknown parameter",
            "rules:\n  - match: {rule: SNS_ENCRYPTED_KMS}\n    params: {▸kmsKey: alias/mine}",
            "has a parameter 'kmsKey'",
            "did you mean 'kmsKeyId'?"),
        Of(
            "PO014",
            "a parameter that the playbook needs",
            "rules:\n  - match: {rule: ▸SNS_ENCRYPTED_KMS}\n    mode: auto",
            "playbook s3/block needs",
            "'params: {kmsKeyId: …}'",
            "The key."
        ) with
        {
            IsWarning = true,
        },
        Of(
            "PO015",
            "an exemption that ended",
            "exemptions: [▸{match: {resource: a}, reason: moving, until: 2026-11-24}]",
            "this exemption ended on 2026-11-24",
            "remove it, or renew it with a reason"
        ) with
        {
            IsWarning = true,
        },
        Of(
            "PO016",
            "an unknown resource type",
            "rules:\n  - match: {resource-type: ▸AWS::SNS::Topik}",
            "AWS Config has no resource type",
            "did you mean 'AWS::SNS::Topic'?"),
        Of(
            "PO017",
            "an unknown region",
            "rules:\n  - match: {region: ▸eu-west-11}",
            "AWS has no region 'eu-west-11'",
            "did you mean 'eu-west-1'?"),
        Of(
            "PO019",
            "a team that no account has",
            "accounts: {'111111111111': {team: shop}}\nrules:\n  - match: {team: ▸shoop}\n    mode: observe",
            "no account of 'accounts' has 'team: shoop'",
            "did you mean 'shop'?"),
        Of(
            "PO019",
            "an environment without accounts",
            "rules:\n  - match: {environment: ▸production}\n    mode: observe",
            "no account of 'accounts' has 'environment: production'"),
        Of(
            "PO019",
            "a unit that no account is of",
            "accounts: {'111111111111': {ou: Root/Prod}}\nrules:\n  - match: {ou: ▸Root/Pro}\n    mode: observe",
            "'ou: Root/Pro'"),
        Of(
            "PO019",
            "a team and an environment that no account has together",
            "accounts: {'111111111111': {team: shop, environment: test}, '222222222222': {team: data, environment: "
            + "production}}\nrules:\n  - ▸match: {team: shop, environment: production}\n    mode: observe",
            "no account of 'accounts' is of all that this match says"),
        Of(
            "PO020",
            "a value that no account has",
            "accounts: {'111111111111': {values: {key: a}}}\nrules:\n  - match: {rule: SNS_ENCRYPTED_KMS}\n    params: {kmsKeyId: "
            + "▸'${account.values.keey}'}",
            "no account of 'accounts' says what ${account.values.keey} is",
            "did you mean 'values.key'?"),
        Of(
            "PO020",
            "a team where there are no accounts",
            "defaults: {owner: ▸'${account.team}'}",
            "no account of 'accounts' says what ${account.team} is"),
        Of(
            "PO021",
            "a value that an account lacks",
            "accounts: {'111111111111': {values: {key: a}}, '222222222222': {team: data}}\nrules:\n  - match: {rule: "
            + "SNS_ENCRYPTED_KMS}\n    params: {kmsKeyId: ▸'${account.values.key}'}",
            "does not say what ${account.values.key} is of 222222222222"
        ) with
        {
            IsWarning = true,
        },
        Of(
            "PO022",
            "an account that the policy does not know",
            "accounts: {'111111111111': {team: shop}}\nrules:\n  - match: {account: ▸'111111111112'}\n    mode: observe",
            "does not know the account 111111111112",
            "did you mean '111111111111'?"
        ) with
        {
            IsWarning = true,
        },
        Of(
            "PO006",
            "a playbook by its impact",
            "rules:\n  - ▸match: {impact: brief}\n    playbook: s3/block",
            "belong into one that does not"),
        Of(
            "PB003",
            "an exemption by the impact",
            "exemptions: [{match: {▸impact: brief}, reason: moving, until: 2027-01-01}]",
            "unknown word 'impact'"),
        Of(
            "PO012",
            "a match by an unknown playbook",
            "rules:\n  - match: {playbook: ▸s3/blok}\n    mode: observe",
            "there is no playbook 's3/blok'"),
        Of(
            "PO016",
            "an unknown service",
            "rules:\n  - match: {service: ▸s33}\n    mode: observe",
            "no resource type of a service 's33'",
            "did you mean 's3'?"),
        Of(
            "PO023",
            "an unknown set",
            "rules:\n  - match: {set: ▸CIS-AWS-v5.0}\n    mode: observe",
            "there is no set of rules 'CIS-AWS-v5.0'",
            "did you mean 'CIS-AWS-v5.0.0'?"),
        Of(
            "PO025",
            "an entry below one that says all of it",
            "rules:\n  - {match: {rule: SNS_*}, mode: observe, owner: a}\n  - ▸{match: {rule: SNS_ENCRYPTED_KMS, account: "
            + "'111111111111'}, owner: b}",
            "this entry never counts",
            "line 2;"
        ) with
        {
            IsWarning = true,
        },
        Of(
            "PO025",
            "an entry below two that say all of it",
            "rules:\n  - {match: {rule: SNS_*}, owner: a}\n  - {match: {account: '1*'}, mode: observe}\n  - ▸{match: {rule: "
            + "SNS_ENCRYPTED_KMS, account: '111111111111'}, owner: b, mode: observe}",
            "line 2 and 3;"
        ) with
        {
            IsWarning = true,
        },
        Of(
            "PO026",
            "a rule that evaluates another type",
            "rules:\n  - ▸{match: {rule: SNS_ENCRYPTED_KMS, resource-type: 'AWS::SQS::Queue'}, owner: a}",
            "SNS_ENCRYPTED_KMS evaluate AWS::SNS::Topic"
        ) with
        {
            IsWarning = true,
        },
        Of(
            "PO018",
            "an exemption by tag",
            "exemptions: [▸{match: {tag: {public: allowed}}, reason: moving, until: 2027-01-01}]",
            "whoever may tag a resource can exempt it"
        ) with
        {
            IsWarning = true,
        },
        Of(
            "PO027",
            "a type that Cloud Control cannot roll back",
            "rollback: {types: [▸AWS::S3::Bucket]}",
            "'AWS::S3::Bucket' cannot be rolled back through Cloud Control",
            "take it out"),
        Of(
            "PO028",
            "a second step to a team that nobody knows",
            "rules:\n  - {match: {rule: S3_*}, owner: shop, escalate-to: {after: 4h, owner: ▸shpo}}",
            "no entry and no account has the owner 'shpo'"
        ) with
        {
            IsWarning = true,
        },
        Of(
            "PO028",
            "a second step to the team that is called first",
            "rules:\n  - {match: {rule: S3_*}, owner: ▸shop, escalate-to: {after: 4h, owner: shop}}",
            "is called first already"
        ) with
        {
            IsWarning = true,
        },
        Of(
            "PO029",
            "a second step that leaves no time",
            "defaults: {owner: platform}\nrules:\n  - ▸{match: {rule: S3_*}, owner: shop, escalate-to: {after: 5m, owner: platform}}",
            "less than 15 minutes"
        ) with
        {
            IsWarning = true,
        },
        Of(
            "PO030",
            "a rule for tags without a value",
            "rules:\n  - {match: {rule: ▸APPFLOW_FLOW_TAGGED}, mode: auto}",
            "no tag has a value"
        ) with
        {
            Name = "tags/appflow-required-tags",
            Playbook = File.ReadAllText(Remediator.Emulator.Repository.At("playbooks/tags/appflow-required-tags.yaml")),
            IsWarning = true,
        },
        Of(
            "PO027",
            "a type that is not known",
            "rollback: {types: [AWS::ECR::Repository, ▸AWS::ECR::Repositori]}",
            "did you mean 'AWS::ECR::Repository'?"),
        Of("PO006", "a role without a type", "rollback: ▸{role: RemediatorRollback}", "no type is rolled back through it"),
    ];

    private static LintCase Of(string code, string mistake, string policy, params string[] says) =>
        new(code, mistake, WithKey, says) { Policy = policy };
}
