using System.Collections.Immutable;
using Remediator.Playbooks;
using YamlDotNet.RepresentationModel;

namespace Remediator.EndToEnd.Tests.Emulation;

/// <summary>A test of a rule of the AWS-like layer: calls with the product's own client, and AWS's responses.</summary>
/// <remarks>
/// <c>Rules/&lt;rule id&gt;.yaml</c> is a list of calls: <c>call</c> and <c>with</c>, <c>as</c> and <c>take</c> as in a playbook, then
/// <c>refused</c> with the code of AWS's error, or <c>expect</c>, which must hold over <c>result</c>. With <c>tell</c> in place of
/// <c>call</c>, <c>with</c> is a command to the layer itself about the account: the resources are recorded at that moment.
/// At least one of the calls depends on the rule: without the rule, the case must fail.
/// </remarks>
internal sealed record RuleCase(ImmutableArray<RuleCall> Calls)
{
    private static readonly string[] Words = ["as", "call", "tell", "with", "for-each", "take", "absent-on", "refused", "expect"];

    /// <exception cref="InvalidFileException">The file has problems; the exception names them all.</exception>
    public static RuleCase Read(string file)
    {
        var yaml = new YamlReader(Path.GetFileName(file));
        var root = yaml.Load($"calls:\n{string.Join('\n', File.ReadLines(file).Select(line => $"  {line}"))}");
        var calls = root is null ? [] : yaml.Map(root, "calls").Each("calls", node => ReadCall(yaml, node));
        return yaml.Problems is [] ? new(calls) : throw new InvalidFileException(yaml.Problems);
    }

    private static RuleCall ReadCall(YamlReader yaml, YamlNode node)
    {
        var map = yaml.Map(node, Words);
        var input = map["with"] is { } with ? yaml.Template(with) : Remediator.Playbooks.Template.Empty;
        var isTold = map.Has("tell");
        var call = new Call(isTold ? map.Text("tell") : map.Required("call"), input, map.At);
        var each = call with { ForEach = map.Expression("for-each") };
        var query = new Query(map.Text("as"), each, map.Expression("take"), map.Texts("absent-on"), []);
        return new(query, map.Has("refused") ? map.Text("refused") : null, map.Expression("expect")) { IsTold = isTold };
    }
}

/// <summary>A call and its expected result.</summary>
/// <param name="Refused">The expected error code, or null if the call succeeds.</param>
/// <param name="Expect">Over <c>result</c> and the values taken before; or null.</param>
internal sealed record RuleCall(Query Query, string? Refused, Expression? Expect)
{
    /// <summary>Not an operation of AWS: name and input are sent to the layer as a command.</summary>
    public bool IsTold { get; init; }
}
