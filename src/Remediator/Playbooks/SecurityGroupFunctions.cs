using System.Text.Json;
using Remediator.JmesPath;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>Which security group rules, as DescribeSecurityGroupRules gives them, let the whole world in.</summary>
internal static class SecurityGroupFunctions
{
    /// <summary>Those that do on one of the ports, over TCP: (rules, ports).</summary>
    public static JmesPathValue OpenToWorld(JmesPathCall call)
    {
        var ports = call[1].Items().Select(p => p.AsDecimal()).ToArray();
        return Where(call, rule => Protocol(rule) is "all" || (Protocol(rule) is "tcp" && ports.Any(p => From(rule) <= p && p <= To(rule))));
    }

    /// <summary>
    /// Those that do on more than the allowed ports: (rules, TCP ports, UDP ports), the ports as texts such as <c>443</c> and
    /// <c>1020-1025</c>. A range is let be only where one of the texts holds all of it.
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

    private static JmesPathValue Where(JmesPathCall call, Func<JsonElement, bool> isOpen) => JmesPathValue.FromItems(call[0].IsNull
        ? []
        : [.. call[0].Items().Where(rule => rule.ToJsonElement() is var element && IsWorldIngress(element) && isOpen(element))]);

    private static bool IsWorldIngress(JsonElement rule) =>
        !rule.Member("IsEgress").IsTruthy() && (rule.TextOf("CidrIpv4") is "0.0.0.0/0" || rule.TextOf("CidrIpv6") is "::/0");

    // AWS answers with names; a number is what some tools have written and read back.
    private static string Protocol(JsonElement rule) => rule.TextOf("IpProtocol") switch
    {
        "-1" => "all",
        "6" => "tcp",
        "17" => "udp",
        var name => name ?? "",
    };

    private static bool Holds((decimal From, decimal To) range, JsonElement rule) => range.From <= From(rule) && To(rule) <= range.To;

    // A rule that names no ports is about all of them.
    private static decimal From(JsonElement rule) => rule.Member("FromPort") is { ValueKind: JsonValueKind.Number } port ? port.GetDecimal() : 0;

    private static decimal To(JsonElement rule) => rule.Member("ToPort") is { ValueKind: JsonValueKind.Number } port ? port.GetDecimal() : 65535;

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
