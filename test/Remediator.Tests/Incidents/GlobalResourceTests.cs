using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;

namespace Remediator.Tests.Incidents;

/// <summary>A resource that is the same in every region is one problem, whichever regions report it.</summary>
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
    public async Task User_that_four_regions_report_is_one_incident_and_one_notice()
    {
        await using var host = new InMemoryHost();
        string[] regions = ["us-east-1", "eu-west-1", "ap-south-1", "sa-east-1"];
        var incidents = new List<string?>();
        foreach (var (region, i) in regions.Select((r, i) => (r, i)))
        {
            var name = $"securityhub-no-playbook-for-this-{i}abcde";
            var arn = $"arn:aws:config:{region}:{FakeAws.Account}:config-rule/aws-service-rule/securityhub.amazonaws.com/config-rule-{i}";
            host.Fake.On("config:DescribeConfigRules", $$$"""
                {"ConfigRules":[{"ConfigRuleName":"{{{name}}}","ConfigRuleArn":"{{{arn}}}","Source":{"Owner":"AWS","SourceIdentifier":"NO_PLAYBOOK_FOR_THIS"}}]}
                """);
            var user = new ResourceKey(FakeAws.Account, region, "AWS::IAM::User", "AIDAEXAMPLE");
            incidents.Add((await host.SendAsync(Some.Change(new(name, arn), user, host.Now.AddSeconds(i)))).Incident);
        }

        Assert.Single(incidents.Distinct());
        Assert.Single(await host.NoticesAsync());
    }
}
