namespace Remediator.Tests.Authoring.Checks;

/// <summary>Mistakes in calls, which are checked against the API models.</summary>
internal static class CallCases
{
    public static readonly LintCase[] All =
    [
        LintCase.Good(
            "PB020",
            "an unknown operation",
            "call: s3:GetPublicAccessBlock",
            "call: ▸s3:GetPublicAccesBlock",
            "'s3:GetPublicAccesBlock' is not an operation",
            "did you mean 's3:GetPublicAccessBlock'?",
            "added by tools/trim-models"),
        LintCase.Good(
            "PB020",
            "an unknown service",
            "call: s3:GetPublicAccessBlock",
            "call: ▸s33:GetPublicAccessBlock",
            "'s33' is not a service that has an API model",
            "did you mean 's3:GetPublicAccessBlock'?"),
        LintCase.Good(
            "PB021",
            "an unknown parameter",
            "{Bucket: \"${resource.id}\", Public",
            "{Bucket: \"${resource.id}\", ▸Bukket: b, Public",
            "'Bukket' is not in s3:PutPublicAccessBlock",
            "did you mean 'Bucket'?"),
        LintCase.Good(
            "PB021",
            "an unknown parameter further down",
            "\"${target}\"",
            "{BlockPublicAcls: \"${target.BlockPublicAcls}\", ▸BlockPublicPolicies: true}",
            "'PublicAccessBlockConfiguration.BlockPublicPolicies' is not in s3:PutPublicAccessBlock",
            "did you mean 'BlockPublicPolicy'?"),
        LintCase.Good(
            "PB022",
            "a number for text",
            "{Bucket: \"${resource.id}\", Public",
            "{Bucket: ▸5, Public",
            "'Bucket' in s3:PutPublicAccessBlock is text, not a number",
            "quote it"),
        LintCase.Good(
            "PB022", "an expression of another type", "\"${target}\"", "▸\"${target.BlockPublicAcls}\"", "is an object, not true or false"),
        LintCase.Good("PB022", "a list for an object", "\"${target}\"", "▸[\"${target}\"]", "is an object, not a list"),
        LintCase.Good(
            "PB022",
            "text for a runbook's list",
            "call: s3:DeletePublicAccessBlock\n  with: {Bucket: \"${resource.id}\"}",
            "runbook: A\n  with: {Bucket: ▸b}",
            "'Parameters.Bucket' in ssm:StartAutomationExecution is a list, not text"),
        new(
            "PB023",
            "a value that the model does not list",
            """
            summary: Turns versioning on.
            rules: [S3_BUCKET_VERSIONING_ENABLED]
            ignores: [isMfaDeleteEnabled]
            resource: AWS::S3::Bucket
            impact: cost
            read: {call: "s3:GetBucketVersioning", with: {Bucket: "${resource.id}"}, gone-on: NoSuchBucket}
            want: {Status: Enabled}
            write:
              call: s3:PutBucketVersioning
              with: {Bucket: "${resource.id}", VersioningConfiguration: {Status: ▸Enable, MFADelete: "${target.MFADelete}"}}
            manual: Turn it on.
            """,
            "'Enable' is not a value of 'VersioningConfiguration.Status'",
            "did you mean 'Enabled'?",
            "one of Enabled, Suspended"),
        LintCase.Good(
            "PB024",
            "a required parameter that is missing",
            "{Bucket: \"${resource.id}\", Public",
            "▸{Public",
            "s3:PutPublicAccessBlock requires 'Bucket'"),
        LintCase.Good(
            "PB025",
            "a wanted member that is never read",
            "{BlockPublicAcls: true}",
            "{▸BlockPublicAcl: true}",
            "'BlockPublicAcl' is not in what 'read' takes",
            "did you mean 'BlockPublicAcls'?"),
        Topic(
            "PB026",
            "an error that is never answered",
            "▸NotFoundd",
            "sns:GetTopicAttributes never answers 'NotFoundd'",
            "did you mean 'NotFound'?"),
        Topic(
            "PB026",
            "an error by its name in the model",
            "▸NotFoundException",
            "answers 'NotFound' where its model has 'NotFoundException'",
            "write 'NotFound'"),
        Topic(
            "PB105",
            "a denied read taken for a resource that is gone",
            "[NotFound, ▸AuthorizationError]",
            "'AuthorizationError' says that the caller may not look",
            "'gone-on' would take a missing permission for a state"),
        LintCase.Good(
            "PB105",
            "a denied read taken for a setting that is not there",
            "absent-on: NoSuchPublicAccessBlockConfiguration",
            "absent-on: [NoSuchPublicAccessBlockConfiguration, ▸AccessDenied]",
            "'AccessDenied' says that the caller may not look",
            "'absent-on'"),
        LintCase.Good(
            "PB061",
            "a role that nobody has judged",
            "call: s3:DeletePublicAccessBlock\n  with: {Bucket: \"${resource.id}\"}",
            "call: ▸s3:DeletePublicAccessBlock\n  with: {Bucket: \"${resource.id}\", LoggingRoleRef: b}",
            "'LoggingRoleRef' of s3:DeletePublicAccessBlock may hand a role over",
            "add it to HandedOver.cs"
        ) with
        {
            Besides = ["PB021"],
        },
        LintCase.Good(
            "PB027",
            "a read that changes something",
            "call: s3:GetPublicAccessBlock",
            "call: ▸s3:DeletePublicAccessBlock",
            "'s3:DeletePublicAccessBlock' changes something",
            "'read' must only read"
        ) with
        {
            Besides = ["PB012"],
        },
        LintCase.Good(
            "PB027",
            "evidence that changes something",
            "want:",
            "evidence: {show: Access, call: ▸s3:DeletePublicAccessBlock, with: {Bucket: \"${resource.id}\"}}\nwant:",
            "'s3:DeletePublicAccessBlock' changes something",
            "'evidence' must only read"),
        LintCase.Good(
            "PB070",
            "more questions than a person reads",
            "want:",
            """
            evidence:
              - &ask {show: Tags, call: "s3:GetBucketTagging", with: {Bucket: "${resource.id}"}}
              - *ask
              - *ask
              - *ask
              - {show: Tags, call: ▸s3:GetBucketTagging, with: {Bucket: "${resource.id}"}}
            want:
            """,
            "4 questions at most"),
        LintCase.Good(
            "PB071",
            "evidence that is a secret",
            "want:",
            """
            evidence: {show: Content, call: ▸s3:GetObject, with: {Bucket: "${resource.id}", Key: "a"}}
            want:
            """,
            "'s3:GetObject' answers a secret"),
        LintCase.Good(
            "PB060",
            "a service whose IAM actions are not known",
            "call: s3:GetPublicAccessBlock",
            "call: ▸s3:GetPublicAccessBlock",
            "the IAM actions of 's3' are not known",
            "add the service to iam-prefixes.txt"),
    ];

    /// <summary>A playbook for topics with these error codes under <c>gone-on</c>.</summary>
    public static LintCase Topic(string code, string mistake, string gone, params string[] says) =>
        new(
            code,
            mistake,
            $$"""
            summary: Turns encryption on.
            rules: [SNS_ENCRYPTED_KMS]
            ignores: [kmsKeyIds]
            resource: AWS::SNS::Topic
            impact: brief
            read: {call: "sns:GetTopicAttributes", with: {TopicArn: "${resource.id}"}, take: Attributes, gone-on: {{gone}}}
            want: {KmsMasterKeyId: alias/aws/sns}
            write: {call: "sns:SetTopicAttributes", with: {TopicArn: "${resource.id}", AttributeName: KmsMasterKeyId,
              AttributeValue: "${target.KmsMasterKeyId}"} }
            manual: Turn it on.
            """,
            says);
}
