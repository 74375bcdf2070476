using Remediator.Authoring.Catalog;
using Remediator.Authoring.Data;
using Remediator.Emulator;
using Remediator.Escalate;
using Remediator.Escalate.Forms;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Tests.Escalate;

/// <summary>A rule that no playbook answers leaves nobody alone with its name.</summary>
public sealed class RuleGuideTests
{
    private static readonly PlaybookLibrary Playbooks = new(Repository.At("playbooks"));

    // Those of AWS's conformance packs hold most often.
    private static readonly string[] MostUsed =
    [
        "IAM_ROOT_ACCESS_KEY_CHECK", "ENCRYPTED_VOLUMES", "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS", "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS",
        "IAM_USER_UNUSED_CREDENTIALS_CHECK", "SECURITYHUB_ENABLED", "CLOUDTRAIL_S3_DATAEVENTS_ENABLED", "GUARDDUTY_ENABLED_CENTRALIZED", "RDS_STORAGE_ENCRYPTED",
        "ROOT_ACCOUNT_MFA_ENABLED", "SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS", "ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK", "EC2_INSTANCE_NO_PUBLIC_IP",
        "EC2_MANAGEDINSTANCE_ASSOCIATION_COMPLIANCE_STATUS_CHECK", "EFS_ENCRYPTED_CHECK",
    ];

    [Fact]
    public void Every_managed_rule_is_answered_or_has_a_guide() => Assert.All(
        ManagedRule.All.Keys, rule => Assert.True(
            Playbooks.Answers(rule) != Playbooks.Guide(rule) is { Checks.Length: > 0, Todo.Length: > 0 }, rule));

    [Fact]
    public void Rules_that_are_used_most_have_a_text_of_their_own() => Assert.All(
        MostUsed.Where(rule => !Playbooks.Answers(rule)),
        rule => Assert.NotEqual(Guidance.Of(ManagedRule.All[rule]), Playbooks.Guide(rule)!.Todo));

    [Fact]
    public void Notice_says_what_the_rule_checks_what_to_do_and_how_to_have_it_evaluated_again()
    {
        var mail = MailForm.Of(IncidentFacts.Of(SomeNotice.Of(Reason.Unsupported)));

        Assert.Contains("It checks that an attached EBS volume is encrypted.", mail, StringComparison.Ordinal);
        Assert.Contains("take a snapshot, copy it with a KMS key", mail, StringComparison.Ordinal);
        Assert.Contains("aws configservice start-config-rules-evaluation --config-rule-names s3-public-access --region us-east-1", mail, StringComparison.Ordinal);
        Assert.Contains("https://us-east-1.console.aws.amazon.com/config/", mail, StringComparison.Ordinal);
    }
}
