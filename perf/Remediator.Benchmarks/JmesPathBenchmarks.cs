using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Remediator.JmesPath;

namespace Remediator.Benchmarks;

/// <summary>A typical expression of a playbook: parse it, and evaluate it over a service's response.</summary>
public class JmesPathBenchmarks
{
    private readonly string text =
        "IpPermissions[?IpProtocol == 'tcp' && FromPort <= `22` && ToPort >= `22`].{ranges: IpRanges[?CidrIp == "
        + "'0.0.0.0/0'].CidrIp, from: FromPort}";

    private JmesPathExpression expression = JmesPathExpression.Parse("@");
    private readonly JsonElement state = JsonElement.Parse(
        """{"IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"},"""
        + """{"CidrIp":"10.0.0.0/8"}]},{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}"""
    );

    [GlobalSetup]
    public void Read() => expression = Parse();

    [Benchmark]
    public JmesPathExpression Parse() => JmesPathExpression.Parse(text);

    [Benchmark]
    public JsonElement Evaluate() => expression.Evaluate(state);
}
