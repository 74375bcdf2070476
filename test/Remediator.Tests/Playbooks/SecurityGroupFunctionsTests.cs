using System.Text.Json;
using Remediator.Aws;
using Remediator.Change.Recorded;
using Remediator.JmesPath;
using Remediator.Playbooks;

namespace Remediator.Tests.Playbooks;

public sealed class SecurityGroupFunctionsTests
{
    [Theory]
    [InlineData("""{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIpv4": "0.0.0.0/0"}""", false)]
    [InlineData("""{"IpProtocol": "tcp", "FromPort": 1020, "ToPort": 1025, "CidrIpv6": "::/0"}""", false)]
    [InlineData("""{"IpProtocol": "tcp", "FromPort": 1020, "ToPort": 1026, "CidrIpv4": "0.0.0.0/0"}""", true)]
    [InlineData("""{"IpProtocol": "tcp", "FromPort": 1019, "ToPort": 1020, "CidrIpv6": "::/0"}""", true)]
    [InlineData("""{"IpProtocol": "tcp", "FromPort": 1026, "ToPort": 1026, "CidrIpv4": "10.0.0.0/8"}""", false)]
    [InlineData("""{"IpProtocol": "tcp", "FromPort": 1026, "ToPort": 1026, "CidrIpv4": "0.0.0.0/0", "IsEgress": true}""", false)]
    [InlineData("""{"IpProtocol": "6", "FromPort": 22, "ToPort": 22, "CidrIpv4": "0.0.0.0/0"}""", true)]
    [InlineData("""{"IpProtocol": "udp", "FromPort": 443, "ToPort": 443, "CidrIpv4": "0.0.0.0/0"}""", true)]
    [InlineData("""{"IpProtocol": "udp", "FromPort": 53, "ToPort": 53, "CidrIpv4": "0.0.0.0/0"}""", false)]
    [InlineData("""{"IpProtocol": "icmp", "FromPort": 8, "ToPort": -1, "CidrIpv4": "0.0.0.0/0"}""", false)]
    [InlineData("""{"IpProtocol": "-1", "FromPort": -1, "ToPort": -1, "CidrIpv4": "0.0.0.0/0"}""", true)]
    public void A_rule_is_open_where_the_ports_do_not_hold_all_of_its_range(string rule, bool isOpen) =>
        Assert.Equal(isOpen ? 1 : 0, OpenExcept($"[{rule}]", "443,1020-1025", "53"));

    [Theory]
    [InlineData("https")]
    [InlineData("1-2-3")]
    [InlineData("1-")]
    public void Ports_that_are_none_are_refused(string ports)
    {
        var fault = Assert.ThrowsAny<JmesPathException>(() => OpenExcept("[]", ports, ""));

        Assert.Contains($"'{ports}'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "[]")]
    [InlineData("{}", "[]")]
    [InlineData("""{"ipPermissions":[],"ipPermissionsEgress":""}""", "[]")]
    [InlineData("""{"ipPermissions":[{"ipProtocol":"tcp"}]}""", "[]")]
    [InlineData(
        """{"ipPermissions":[{"ipProtocol":"tcp","fromPort":22,"toPort":22,"ipRanges":["10.0.0.0/8"],"ipv4Ranges":[]}]}""",
        """[{"IsEgress":false,"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIpv4":"10.0.0.0/8"}]"""
    )]
    [InlineData(
        """{"ipPermissions":[{"ipProtocol":"tcp","fromPort":"22","toPort":"22","ipRanges":["10.0.0.0/8"],"ipv4Ranges":["""
        + """{"cidrIp":"10.0.0.0/8","description":"d"}]}]}""",
        """[{"IsEgress":false,"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIpv4":"10.0.0.0/8","Description":"d"}]"""
    )]
    [InlineData(
        """{"groupId":"g","ownerId":"1","ipPermissionsEgress":[{"ipProtocol":"-1","ipv6Ranges":[{"cidrIpv6":"::/0"}]"""
        + ""","prefixListIds":[{"prefixListId":"pl"}]}]}""",
        """
            [{"GroupId":"g","GroupOwnerId":"1","IsEgress":true,"IpProtocol":"-1","FromPort":-1,"ToPort":-1,"CidrIpv6":"::/0"},
             {"GroupId":"g","GroupOwnerId":"1","IsEgress":true,"IpProtocol":"-1","FromPort":-1,"ToPort":-1,"PrefixListId":"pl"}]
            """
    )]
    [InlineData(
        """{"ipPermissions":[{"ipProtocol":"icmp","fromPort":8,"toPort":0,"userIdGroupPairs":["""
        + """{"groupId":"h","userId":"2","vpcId":"v","description":"d"}]}]}""",
        """[{"IsEgress":false,"IpProtocol":"icmp","FromPort":8,"ToPort":0"""
        + ""","ReferencedGroupInfo":{"GroupId":"h","UserId":"2","VpcId":"v"},"Description":"d"}]"""
    )]
    public void Each_recorded_range_is_a_rule_of_its_own(string configuration, string rules)
    {
        var recorded = Recorded(configuration);

        Assert.True(new Canonical([]).Same(JsonElement.Parse(rules), recorded), recorded.GetRawText());
    }

    [Theory]
    [InlineData("""{"ipPermissions":{"ipProtocol":"tcp"}}""", "'ipPermissions'")]
    [InlineData("""{"ipPermissionsEgress":["tcp"]}""", "'ipPermissionsEgress'")]
    [InlineData("""{"ipPermissions":[{"ipv4Ranges":["10.0.0.0/8"]}]}""", "'ipv4Ranges'")]
    [InlineData("""{"ipPermissions":[{"ipv6Ranges":"::/0"}]}""", "'ipv6Ranges'")]
    [InlineData("""{"ipPermissions":[{"ipRanges":[5]}]}""", "'ipRanges'")]
    public void A_permission_in_a_form_that_is_not_known_is_refused_and_not_left_out(string configuration, string named) =>
        Assert.Contains(named, Assert.Throws<JmesPathException>(() => Recorded(configuration)).Message, StringComparison.Ordinal);

    private static JsonElement Recorded(string configuration) =>
        JmesPathExpression.Parse("security_group_rules(@)", PlaybookFunctions.Table).Evaluate(JsonElement.Parse(configuration));

    private static int OpenExcept(string rules, string tcp, string udp) =>
        JmesPathExpression.Parse($"length(open_to_world_except(@, split('{tcp}', ','), split('{udp}', ',')))", PlaybookFunctions.Table)
            .Evaluate(JsonElement.Parse(rules)).GetInt32();
}
