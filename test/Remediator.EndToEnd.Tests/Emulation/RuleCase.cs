using System.Collections.Immutable;
using Remediator.Playbooks;
using YamlDotNet.RepresentationModel;

namespace Remediator.EndToEnd.Tests.Emulation;

/// <summary>What a rule of the AWS-like layer shows: calls of the product's own client, and how AWS answers them.</summary>
/// <remarks>
/// <c>Rules/&lt;rule id&gt;.yaml</c> is a list of calls: <c>call</c> and <c>with</c>, <c>as</c> and <c>take</c> as in a playbook, then
/// <c>refused</c> with the code of the error that AWS answers with, or <c>expect</c>, which holds over <c>result</c>. With <c>tell</c> in
/// place of <c>call</c>, <c>with</c> is said to the layer itself, about the account: what there is to be recorded is recorded then.
/// At least one of the calls shows the rule: without it, the case must fail.
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

/// <summary>A call, and how it has to end.</summary>
/// <param name="Refused">The error code, or null where it succeeds.</param>
/// <param name="Expect">Over <c>result</c> and what was taken before; or null.</param>
internal sealed record RuleCall(Query Query, string? Refused, Expression? Expect)
{
    /// <summary>The call's operation is no operation of AWS: its name and input are said to the layer.</summary>
    public bool IsTold { get; init; }
}
