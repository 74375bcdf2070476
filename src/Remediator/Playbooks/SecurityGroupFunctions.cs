using System.Text.Json;
using Remediator.JmesPath;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>
/// Security group rules in the form of DescribeSecurityGroupRules: those that are open to the whole world, and those that AWS Config
/// recorded.
/// </summary>
internal static class SecurityGroupFunctions
{
    private static readonly JsonElement AllPorts = Json.Parse("-1");

    /// <summary>The rules that are open to the world on one of the TCP ports: (rules, ports).</summary>
    public static JmesPathValue OpenToWorld(JmesPathCall call)
    {
        var ports = call[1].Items().Select(p => p.AsDecimal()).ToArray();
        return Where(
            call, rule => Protocol(rule) is "all" || (Protocol(rule) is "tcp" && ports.Any(p => From(rule) <= p && p <= To(rule))));
    }

    /// <summary>
    /// The rules that are open to the world on other ports than the allowed ones: (rules, TCP ports, UDP ports), the ports as texts such
    /// as <c>443</c> and <c>1020-1025</c>. A range is allowed only if one text contains all of it.
    /// </summary>
    public static JmesPathValue OpenToWorldExcept(JmesPathCall call)
    {
        var (tcp, udp) = (Ranges(call, 1), Ranges(call, 2));
        return Where(call, rule => Protocol(rule) switch
        {
            "all" => true,
            "tcp" => !tcp.Any(r => Holds(r, rule)),
            "udp" => !udp.Any(r => Holds(r, rule)),
            _ => false,
        });
    }

    /// <summary>
    /// The rules that AWS Config recorded of a group: (configuration). Config records permissions with lists of ranges; EC2 returns each
    /// range as a separate rule.
    /// </summary>
    public static JmesPathValue Recorded(JmesPathCall call)
    {
        var group = call[0].IsNull ? Json.Null : call[0].ToJsonElement();
        return JmesPathValue.From(Json.List(
        [
            .. Entries(call, group, "ipPermissions").SelectMany(permission => Rules(call, group, permission, isEgress: false)),
            .. Entries(call, group, "ipPermissionsEgress").SelectMany(permission => Rules(call, group, permission, isEgress: true)),
        ]));
    }

    private static IEnumerable<JsonElement> Rules(JmesPathCall call, JsonElement group, JsonElement permission, bool isEgress)
    {
        JsonElement Rule(string member, JsonElement value, JsonElement description) => Json.Object(
        [
            new("GroupId", group.Member("groupId")),
            new("GroupOwnerId", group.Member("ownerId")),
            new("IsEgress", isEgress ? Json.True : Json.False),
            new("IpProtocol", permission.Member("ipProtocol")),
            new("FromPort", Port(permission, "fromPort")),
            new("ToPort", Port(permission, "toPort")),
            new(member, value),
            new("Description", description),
        ]);

        return
        [
            .. Ipv4(call, permission).Select(
                range => Rule("CidrIpv4", range.IsObject() ? range.Member("cidrIp") : range, range.Member("description"))),
            .. Entries(call, permission, "ipv6Ranges").Select(
                range => Rule("CidrIpv6", range.Member("cidrIpv6"), range.Member("description"))),
            .. Entries(call, permission, "prefixListIds").Select(
                list => Rule("PrefixListId", list.Member("prefixListId"), list.Member("description"))),
            .. Entries(call, permission, "userIdGroupPairs").Select(
                pair => Rule("ReferencedGroupInfo", Referenced(pair), pair.Member("description"))),
        ];
    }

    /// <summary>Config records the ranges twice; in older items as plain texts.</summary>
    private static JsonElement.ArrayEnumerator Ipv4(JmesPathCall call, JsonElement permission) =>
        permission.Member("ipv4Ranges").IsTruthy() ? Entries(call, permission, "ipv4Ranges") : Entries(
            call, permission, "ipRanges", JsonValueKind.String);

    private static JsonElement Referenced(JsonElement pair) => Json.Object(
    [
        new("GroupId", pair.Member("groupId")),
        new("UserId", pair.Member("userId")),
        new("VpcId", pair.Member("vpcId")),
        new("VpcPeeringConnectionId", pair.Member("vpcPeeringConnectionId")),
        new("PeeringStatus", pair.Member("peeringStatus")),
    ]);

    /// <summary>EC2 writes -1 for a permission without ports.</summary>
    private static JsonElement Port(JsonElement permission, string name) => permission.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text when int.TryParse(text.GetString(), out var port) =>
            Json.Write(w => w.WriteNumberValue(port)),
        var port => port.IsNull() ? AllPorts : port,
    };

    /// <summary>Rejects an unknown form: a rule left out here would look like one that somebody added since.</summary>
    private static JsonElement.ArrayEnumerator Entries(
        JmesPathCall call, JsonElement of, string name, JsonValueKind alsoTaken = JsonValueKind.Object)
    {
        var list = of.Member(name);
        if (!list.IsTruthy())
        {
            return default;
        }

        return list.IsList() && list.EnumerateArray().All(entry => entry.IsObject() || entry.ValueKind == alsoTaken)
            ? list.EnumerateArray()
            : throw call.Invalid(0, $"'{name}' of a security group is not recorded as a list of objects");
    }

    private static JmesPathValue Where(JmesPathCall call, Func<JsonElement, bool> isOpen) => JmesPathValue.FromItems(call[0].IsNull
        ? []
        : [.. call[0].Items().Where(rule => rule.ToJsonElement() is var element && IsWorldIngress(element) && isOpen(element))]);

    private static bool IsWorldIngress(JsonElement rule) =>
        !rule.Member("IsEgress").IsTruthy() && (rule.TextOf("CidrIpv4") is "0.0.0.0/0" || rule.TextOf("CidrIpv6") is "::/0");

    // AWS answers with protocol names; some tools write numbers, and read them back.
    private static string Protocol(JsonElement rule) => rule.TextOf("IpProtocol") switch
    {
        "-1" => "all",
        "6" => "tcp",
        "17" => "udp",
        var name => name ?? "",
    };

    private static bool Holds((decimal From, decimal To) range, JsonElement rule) => range.From <= From(rule) && To(rule) <= range.To;

    // A rule without ports applies to all of them.
    private static decimal From(JsonElement rule) =>
        rule.Member("FromPort") is { ValueKind: JsonValueKind.Number } port ? port.GetDecimal() : 0;

    private static decimal To(JsonElement rule) =>
        rule.Member("ToPort") is { ValueKind: JsonValueKind.Number } port ? port.GetDecimal() : 65535;

    private static (decimal From, decimal To)[] Ranges(JmesPathCall call, int argument) =>
    [
        .. call[argument].Items().Select(text => text.AsString().Split('-') switch
        {
            [var one] when decimal.TryParse(one, out var port) => (port, port),
            [var first, var last] when decimal.TryParse(first, out var from) && decimal.TryParse(last, out var to) => (from, to),
            _ => throw call.Invalid(argument, $"'{text.AsString()}' is neither a port nor a range of ports"),
        }),
    ];
}
