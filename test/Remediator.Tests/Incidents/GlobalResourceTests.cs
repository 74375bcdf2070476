using Remediator.Authoring.Data;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;

namespace Remediator.Tests.Incidents;

/// <summary>A resource that is the same in every region is one incident, whichever regions report it.</summary>
public sealed class GlobalResourceTests
{
    [Theory]
    [InlineData("securityhub-iam-user-no-policies-check-1a2b3c", "iam-user-no-policies-check")]
    [InlineData("securityhub-iam-user-no-policies-check-1a2b3c4d", "iam-user-no-policies-check")]
    [InlineData("iam-user-no-policies-check-conformance-pack-abcdefghi", "iam-user-no-policies-check")]
    [InlineData("OrgConfigRule-iam-user-no-policies-check-abcdefgh", "iam-user-no-policies-check")]
    [InlineData("iam-user-no-policies-check", "iam-user-no-policies-check")]
    public void Rule_is_known_by_its_name_without_what_a_region_adds(string deployed, string name) =>
        Assert.Equal(name, GlobalResources.RuleName(deployed));

    [Fact]
    public async Task User_that_four_regions_report_is_one_incident_and_one_notice() =>
        Assert.Equal((1, 1), await ReportedAsync("NO_PLAYBOOK_FOR_THIS", "AWS::IAM::User", "AIDAEXAMPLE"));

    [Theory]
    [InlineData("ROOT_ACCOUNT_MFA_ENABLED", 1)]
    [InlineData("IAM_ROOT_ACCESS_KEY_CHECK", 1)]
    [InlineData("ACCOUNT_PART_OF_ORGANIZATIONS", 1)]
    [InlineData("IAM_PASSWORD_POLICY", 1)]
    [InlineData("MACIE_STATUS_CHECK", 4)]
    public async Task What_the_account_has_once_is_one_incident_and_what_each_region_has_is_one_for_each(string rule, int incidents) =>
        Assert.Equal((incidents, incidents), await ReportedAsync(rule, "AWS::::Account", FakeAws.Account));

    [Fact]
    public async Task Compliant_in_another_region_closes_the_incident_about_the_account()
    {
        await using var host = new InMemoryHost();
        var opened = await ReportAsync(host, "ROOT_ACCOUNT_MFA_ENABLED", "AWS::::Account", FakeAws.Account, "us-east-1", 0);
        host.Evaluations.Say(
            "securityhub-root-account-mfa-enabled-0abcde",
            new(FakeAws.Account, "us-east-1", "AWS::::Account", FakeAws.Account),
            "COMPLIANT",
            host.Now.AddSeconds(1));

        var closed = await ReportAsync(
            host, "ROOT_ACCOUNT_MFA_ENABLED", "AWS::::Account", FakeAws.Account, "eu-west-1", 1, Compliance.Compliant);

        Assert.Equal((opened, IncidentState.Closed), (closed, (await host.IncidentAsync(opened!))!.State));
    }

    /// <summary>A rule about an account concerns it once, or once in each region; a playbook says which for its rules.</summary>
    [Fact]
    public void Every_rule_about_accounts_is_known_to_be_about_the_whole_or_about_a_region()
    {
        var library = new PlaybookLibrary(Repository.At("playbooks"));
        var undecided = ManagedRule
            .All.Values.Where(r => r.Types is [] or ["AWS::::Account"] && !library.Answers(r.Id) && !OfARegion.Contains(r.Id))
            .Where(r =>
                GlobalResources.Key(new(FakeAws.Account, "us-east-1", "AWS::::Account", FakeAws.Account), null, r.Id).Region
                    is not ResourceKey.Global);

        Assert.Empty(undecided);
    }

    private static readonly string[] OfARegion =
    [
        "AWS_CONFIG_PROCESS_CHECK",
        "DYNAMODB_THROUGHPUT_LIMIT_CHECK",
        "GUARDDUTY_ENABLED_CENTRALIZED",
        "GUARDDUTY_NON_ARCHIVED_FINDINGS",
        "INSPECTOR_EC2_SCAN_ENABLED",
        "INSPECTOR_ECR_SCAN_ENABLED",
        "INSPECTOR_LAMBDA_CODE_SCAN_ENABLED",
        "INSPECTOR_LAMBDA_STANDARD_SCAN_ENABLED",
        "MACIE_AUTO_SENSITIVE_DATA_DISCOVERY_CHECK",
        "MACIE_STATUS_CHECK",
        "SECURITYHUB_ENABLED",
    ];

    private static async Task<(int Incidents, int Notices)> ReportedAsync(string rule, string type, string id)
    {
        await using var host = new InMemoryHost();
        string[] regions = ["us-east-1", "eu-west-1", "ap-south-1", "sa-east-1"];
        var incidents = new List<string?>();
        foreach (var (region, i) in regions.Select((r, i) => (r, i)))
        {
            incidents.Add(await ReportAsync(host, rule, type, id, region, i));
        }

        return (incidents.Distinct().Count(), (await host.NoticesAsync()).Count);
    }

    private static async Task<string?> ReportAsync(
        InMemoryHost host, string rule, string type, string id, string region, int i, Compliance compliance = Compliance.NonCompliant)
    {
        var name = $"securityhub-{rule.ToLowerInvariant().Replace('_', '-')}-{i}abcde";
        var arn = $"arn:aws:config:{region}:{FakeAws.Account}:config-rule/aws-service-rule/securityhub.amazonaws.com/config-rule-{i}";
        host.Fake.On(
            "config:DescribeConfigRules",
            $$$"""
            {"ConfigRules":[{"ConfigRuleName":"{{{name}}}","ConfigRuleArn":"{{{arn}}}","Source":{"Owner":"AWS",
             "SourceIdentifier":"{{{rule}}}"}}]}
            """
        );
        return (
            await host.SendAsync(
                Some.Change(new(name, arn), new(FakeAws.Account, region, type, id), host.Now.AddSeconds(i), compliance: compliance))
        ).Incident;
    }
}
