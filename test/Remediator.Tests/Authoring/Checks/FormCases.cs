namespace Remediator.Tests.Authoring.Checks;

/// <summary>Mistakes in the form of a playbook.</summary>
internal static class FormCases
{
    public static readonly LintCase[] All =
    [
        LintCase.Good("PB001", "no YAML", "summary: Blocks public access", "summary: Blocks▸: public access", "not YAML"),
        new("PB001", "no mapping", "▸- a\n- b", "expected one YAML document that is a mapping"),
        LintCase.Good("PB001", "a word twice", "impact: brief", "impact: brief\n▸impact: cost", "uplicate key"),
        LintCase.Good("PB002", "a list for text", "summary: Blocks public access to a bucket.", "summary: ▸[a, b]", "expected text"),
        LintCase.Good(
            "PB002",
            "text for a call",
            "clear:\n  call: s3:DeletePublicAccessBlock\n  with: {Bucket: \"${resource.id}\"}",
            "clear: ▸s3:DeletePublicAccessBlock",
            "expected a mapping"
        ) with
        {
            Besides = ["PB004"],
        },
        LintCase.Good(
            "PB002",
            "a duration without a unit",
            "impact: brief",
            "impact: brief\nwait: ▸90",
            "'90' is not a duration",
            "write 90s, 15m, 6h or 2d"),
        LintCase.Good(
            "PB003", "an unknown word", "impact: brief", "impact: brief\n▸scoop: global", "unknown word 'scoop'", "did you mean 'scope'?"),
        LintCase.Good(
            "PB003",
            "an unknown word of a query",
            "  absent-on:",
            "  ▸absend-on:",
            "unknown word 'absend-on'",
            "did you mean 'absent-on'?"),
        LintCase
            .Good("PB004", "no manual steps", "summary: Blocks public access to a bucket.", "▸summary: Blocks.", "'manual' is missing")
            .Less("manual: Turn it on."),
        LintCase.Good(
            "PB004",
            "no rules",
            "summary: Blocks public access to a bucket.\nrules: [S3_BUCKET_PUBLIC_READ_PROHIBITED]",
            "▸summary: Blocks.",
            "'rules' is missing"),
        LintCase.Good(
            "PB004",
            "a guard that expects nothing",
            "impact: brief",
            "impact: brief\nguard:\n  ▸call: s3:GetBucketWebsite\n  with: {Bucket: \"${resource.id}\"}\n  because: It serves a website.",
            "'expect' is missing"),
        new(
            "PB004",
            "no write",
            """
            ▸summary: Turns versioning on.
            rules: [S3_BUCKET_VERSIONING_ENABLED]
            ignores: [isMfaDeleteEnabled]
            resource: AWS::S3::Bucket
            impact: cost
            read: {call: "s3:GetBucketVersioning", with: {Bucket: "${resource.id}"}, gone-on: NoSuchBucket}
            want: {Status: Enabled}
            manual: Turn it on.
            """,
            "'write' is missing"),
        LintCase.Good(
            "PB005",
            "an unknown impact",
            "impact: brief",
            "impact: ▸big",
            "'big' is not an impact",
            "one of none, brief, cost, restart, access, data, irreversible"),
        LintCase.Good(
            "PB005", "an unknown scope", "impact: brief", "impact: brief\nscope: ▸world", "'world' is not a scope", "regional or global"),
        LintCase.Good("PB006", "both aims", "summary:", "▸remove: state\nsummary:", "either 'want'", "'remove'", "'procedure'"),
        LintCase
            .Good("PB006", "no aim", "summary: Blocks public access to a bucket.", "▸summary: Blocks.", "either 'want'")
            .Less("want: {BlockPublicAcls: true}\n"),
        new LintCase(
            "PB007",
            "a name in capitals",
            "▸" + Lint.Good,
            "'s3/Block_it.yaml' is not <service>/<name>.yaml",
            "small letters, digits and hyphens")
        {
            Name = "s3/Block_it",
        },
        LintCase.Good(
            "PB008",
            "an unknown procedure",
            "want: {BlockPublicAcls: true}",
            "procedure: ▸bucket-policy-without-action",
            "there is no procedure 'bucket-policy-without-action'",
            "did you mean 'bucket-policy-without-actions'?"),
        LintCase.Good(
            "PB009",
            "an operation and a runbook",
            "call: s3:DeletePublicAccessBlock\n  with: {Bucket: \"${resource.id}\"}",
            "call: ▸s3:DeletePublicAccessBlock\n  runbook: A\n  with: {Bucket: [\"${resource.id}\"]}",
            "a call has either 'call' or 'runbook'"),
    ];
}
