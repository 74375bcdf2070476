using Remediator.Decide;
using Remediator.Playbooks;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Remediator.Tests.Decide;

/// <summary>What of YAML a policy may be written in, and what scalars mean to all readers of YAML.</summary>
public sealed class PlainYamlTests
{
    [Theory]
    [InlineData("", "Empty")]
    [InlineData("~", "Empty")]
    [InlineData("null", "Empty")]
    [InlineData("Null", "Empty")]
    [InlineData("NULL", "Empty")]
    [InlineData("true", "Boolean")]
    [InlineData("false", "Boolean")]
    [InlineData("True", "Ambiguous")]
    [InlineData("FALSE", "Ambiguous")]
    [InlineData("y", "Ambiguous")]
    [InlineData("No", "Ambiguous")]
    [InlineData("off", "Ambiguous")]
    [InlineData("0", "Number")]
    [InlineData("-10", "Number")]
    [InlineData("1.50", "Number")]
    [InlineData("1e-3", "Number")]
    [InlineData("+1", "Ambiguous")]
    [InlineData("0777", "Ambiguous")]
    [InlineData("0x1F", "Ambiguous")]
    [InlineData("0o17", "Ambiguous")]
    [InlineData("0b11", "Ambiguous")]
    [InlineData("1_000", "Ambiguous")]
    [InlineData("12:30", "Ambiguous")]
    [InlineData("1.", "Ambiguous")]
    [InlineData(".5", "Ambiguous")]
    [InlineData("-.5", "Ambiguous")]
    [InlineData(".inf", "Ambiguous")]
    [InlineData(".NaN", "Ambiguous")]
    [InlineData("nul", "Text")]
    [InlineData("yesterday", "Text")]
    [InlineData("12:75", "Text")]
    [InlineData("1.2.3", "Text")]
    [InlineData("0xyz", "Text")]
    [InlineData("alias/mine", "Text")]
    public void Plain_scalar_has_the_kind_that_every_reader_sees(string text, string kind) => Assert.Equal(
        (kind, "Text"),
        (
            $"{PlainYaml.KindOf(new YamlScalarNode(text) { Style = ScalarStyle.Plain })}",
            $"{PlainYaml.KindOf(new YamlScalarNode(text) { Style = ScalarStyle.SingleQuoted })}"));

    [Theory]
    [InlineData("a: 1\nb: x\u0007", "(2,5): error PB001: the character U+0007 does not belong into YAML")]
    [InlineData("\u0085", "(1,1): error PB001: the character U+0085 does not belong into YAML")]
    [InlineData("\n\u2028a: 1", "(2,1): error PB001: the character U+2028 does not belong into YAML")]
    [InlineData("a: 1\n---\nb: 2", "(2,1): error PB001: a policy is one document: a second one begins here")]
    [InlineData(
        "a: &shop 1\nb: *shp", "(2,4): error PB001: there is no anchor '&shp' above this line (did you mean 'shop'?)")]
    [InlineData("a: *shop\nb: &shop 1", "(1,4): error PB001: there is no anchor '&shop' above this line")]
    [InlineData("&a b: 1", "(1,1): error PB001: an anchor stands before a value, not before a word")]
    [InlineData("a: &x 1\nb: &x 2", "(2,4): error PB001: the anchor '&x' stands twice: which of the two is meant would hang on the line")]
    [InlineData("a: !!str 1", "(1,4): error PB001: YAML tags (words with '!') are not taken here: write the value without")]
    [InlineData("a: &x {b: {c: *x}}", "(1,15): error PB001: the anchor '&x' is used within itself")]
    [InlineData("a: &x [b, [*x]]", "(1,12): error PB001: the anchor '&x' is used within itself")]
    [InlineData("- a", "(1,1): error PB001: expected one YAML document that is a mapping")]
    [InlineData("<<: [5]", "(1,6): error PB001: '<<' takes a mapping, or a list of mappings: write '<<: *NAME', with '&NAME' before that "
        + "mapping")]
    public void What_is_not_plain_is_told_with_its_place_and_is_not_read(string text, string problem)
    {
        var (root, problems) = Load(text);

        Assert.Null(root);
        Assert.Equal([$"policy.yaml{problem}"], problems);
    }

    [Theory]
    [InlineData("a: [1\nb: 2", "policy.yaml(1,1): error PB001: not YAML: ")]
    [InlineData("a: {b: 1, b: 2}", "policy.yaml(1,11): error PB001: not YAML: ")]
    [InlineData("a: b: c", "policy.yaml(1,5): error PB001: not YAML: ")]
    public void What_is_not_YAML_at_all_is_told_with_its_place(string text, string begin)
    {
        var (root, problems) = Load(text);

        Assert.Null(root);
        Assert.StartsWith(begin, Assert.Single(problems), StringComparison.Ordinal);
        Assert.True(problems[0].Length > begin.Length, problems[0]);
    }

    [Fact]
    public void What_is_no_YAML_below_what_is_not_plain_is_told_as_well()
    {
        var (root, problems) = Load("a: !!str 1\nb: c: d");

        Assert.Null(root);
        Assert.Equal(2, problems.Count);
        Assert.StartsWith("policy.yaml(1,4): error PB001: YAML tags", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("policy.yaml(2,5): error PB001: not YAML: ", problems[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: &x {b: 1}\nc: *x\nd: *x")]
    [InlineData("a: &x [1]\nb: {c: &y {d: *x}, e: *y}")]
    [InlineData("a: \"\ud83d\ude00\"\nb: |\n  two\n  lines\n# a line\n")]
    public void What_is_plain_is_read(string text)
    {
        var (root, problems) = Load(text);

        Assert.NotNull(root);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(32, false)]
    [InlineData(33, true)]
    [InlineData(10_000, true)]
    public void Nesting_has_a_limit(int levels, bool isTooDeep)
    {
        var (root, problems) = Load($"a: {new string('[', levels - 1)}{new string(']', levels - 1)}");

        Assert.Equal(isTooDeep, root is null);
        Assert.Equal(isTooDeep ? 1 : 0, problems.Count);
        Assert.All(problems, p => Assert.EndsWith("PB001: this is nested deeper than 32 levels", p, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public void Each_place_that_is_not_plain_is_told_at_once(int levels)
    {
        var second = levels > 1 ? ", *two" : "\nb: !tag 1";

        var (root, problems) = Load($"a: {new string('[', levels - 1)}*one{second}{new string(']', levels - 1)}\nc: *three\n");

        Assert.Null(root);
        Assert.Equal(3, problems.Count);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_told_with_its_place() =>
        Assert.Equal(
            ["policy.yaml(1,4): error PB001: the character U+D83D does not belong into YAML"], Load("a: \ud83d!").Problems);

    private static (YamlMappingNode? Root, IReadOnlyList<string> Problems) Load(string text)
    {
        var yaml = new YamlReader("policy.yaml");
        var root = PlainYaml.Load(yaml, "policy.yaml", text);
        return (root, [.. yaml.Problems.Select(p => p.ToString())]);
    }
}
