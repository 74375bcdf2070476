using System.Text.Json;
using Remediator.Aws;
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

    private static int OpenExcept(string rules, string tcp, string udp) =>
        JmesPathExpression.Parse($"length(open_to_world_except(@, split('{tcp}', ','), split('{udp}', ',')))", PlaybookFunctions.Table)
            .Evaluate(JsonElement.Parse(rules)).GetInt32();
}
