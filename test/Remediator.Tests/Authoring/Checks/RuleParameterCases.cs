namespace Remediator.Tests.Authoring.Checks;

/// <summary>Mistakes in the use of a rule's own parameters.</summary>
internal static class RuleParameterCases
{
    private const string Acl = """
        summary: Puts a web ACL in front of a stage.
        rules: [API_GW_ASSOCIATED_WITH_WAF]
        resource: AWS::ApiGateway::Stage
        impact: brief
        params:
          webAclArn:
            from-rule: WebAclArns
            required: true
            description: The web ACL.
        resolve:
          stage:
            call: apigateway:GetStage
            with: {restApiId: "${resource.parts[0]}", stageName: "${resource.parts[1]}"}
            take: stageName
            gone-on: NotFoundException
        read:
          call: wafv2:GetWebACLForResource
          with: {ResourceArn: "${resource.id}"}
          take: WebACL.ARN
          absent-on: WAFNonexistentItemException
        meets: allows(rule.WebAclArns, state)
        want: "${params.webAclArn}"
        write:
          call: wafv2:AssociateWebACL
          with: {ResourceArn: "${resource.id}", WebACLArn: "${target}"}
        clear:
          call: wafv2:DisassociateWebACL
          with: {ResourceArn: "${resource.id}"}
        manual: Associate one.
        """;

    public static readonly LintCase[] All =
    [
        LintCase.Good(
            "PB120",
            "a parameter that nothing looks at",
            "rules: [S3_BUCKET_PUBLIC_READ_PROHIBITED]",
            "rules: [▸S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED]",
            "'excludedPublicBuckets' of S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
            "'ignores'"),
        LintCase.Good(
            "PB121",
            "a parameter to ignore that no rule has",
            "impact: brief",
            "impact: brief\nignores: [▸excludedBuckets]",
            "has parameter 'excludedBuckets'"),
        OfAcl(
            "PB121",
            "a parameter that is used and ignored",
            "impact: brief",
            "impact: brief\nignores: [▸WebAclArns]",
            "'WebAclArns' is used"),
        OfAcl(
            "PB121",
            "a parameter of another rule",
            "impact: brief",
            "impact: brief\nignores: [▸API_GW_SSL_ENABLED.CertificateIDs]",
            "API_GW_SSL_ENABLED has no parameter"),
        OfAcl(
            "PB122",
            "a binding to a parameter that no rule has",
            "from-rule: WebAclArns",
            "from-rule: ▸WebAclArn",
            "'WebAclArn'",
            "did you mean 'WebAclArns'?"),
        OfAcl("PB123", "a value of the policy that is held against nothing", "    from-rule: WebAclArns\n", "", "'meets'")
            .With("meets: allows", "unless: ▸allows"),
        OfAcl("PB123", "a rule with parameters, and a value of the policy", "    from-rule: WebAclArns\n", "", "'meets'")
            .With(
                "meets: allows(rule.WebAclArns, state)\nwant: \"${params",
                "want: ▸\"${rule.WebAclArns && params.webAclArn || params"
            ) with
        {
            Besides = ["PB124"],
        },
        OfAcl(
            "PB124",
            "a destination as the rule names it",
            "call: wafv2:AssociateWebACL\n  with: {ResourceArn: \"${resource.id}\", WebACLArn: \"${target}\"}",
            "call: ▸wafv2:AssociateWebACL\n  with: {ResourceArn: \"${resource.id}\", WebACLArn: \"${rule.WebAclArns || target}\"}",
            "'rule.WebAclArns'",
            "from-rule: WebAclArns"),
    ];

    private static LintCase OfAcl(string code, string mistake, string old, string @new, params string[] says) =>
        new LintCase(code, mistake, Acl, says) { Name = "apigateway/waf" }.With(old, @new);

    private static LintCase With(this LintCase of, string old, string @new) => of.Playbook.Contains(old, StringComparison.Ordinal)
        ? of with { Playbook = of.Playbook.Replace(old, @new, StringComparison.Ordinal) }
        : throw new ArgumentException(old);
}
