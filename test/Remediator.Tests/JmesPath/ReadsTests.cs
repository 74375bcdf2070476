using Remediator.JmesPath;

namespace Remediator.Tests.JmesPath;

public sealed class ReadsTests
{
    [Theory]
    [InlineData("state.A.b || rule.c", "rule state", "rule.c state.A.b")]
    [InlineData("state | A.b", "state", "state.A.b")]
    [InlineData("`1`", "", "")]
    [InlineData("state.Rules[*].Port", "state", "state.Rules[].Port")]
    [InlineData("state.Rules[0].Port", "state", "state.Rules[].Port")]
    [InlineData("state.Rules[1:].Port | [0]", "state", "state.Rules[].Port")]
    [InlineData("state.R[].I[].Id", "state", "state.R[].I[].Id")]
    [InlineData("state.Map.*.Id", "state", "state.Map.*.Id")]
    [InlineData(
        "state.Rules[?Port == `22` && Cidr == params.cidr].Id",
        "state",
        "state.Rules[].Cidr state.Rules[].Id state.Rules[].Port state.Rules[].params.cidr"
    )]
    [InlineData("contains(params.ports, state.Port)", "params state", "params.ports state.Port")]
    [InlineData("{x: state.A, y: rule.B} | x.C", "rule state", "state.A.C")]
    [InlineData("{x: state.A, y: rule.B} | missing", "rule state", "")]
    [InlineData("[state.A, rule.B][0].C", "rule state", "rule.B.C state.A.C")]
    [InlineData("{x: state.A, y: rule.B}", "rule state", "rule.B state.A")]
    [InlineData("sort_by(state.L, &Key)[-1].Id", "state", "state.L state.L[].Id state.L[].Key")]
    [InlineData("map(&Id, state.L)", "state", "state.L state.L[].Id")]
    [InlineData("max_by(state.L, &N).Id", "state", "state.L state.L[].Id state.L[].N")]
    [InlineData("not_null(state.A, before.A).B", "before state", "before.A before.A.B state.A state.A.B")]
    [InlineData("length(state.A).b", "state", "state.A")]
    [InlineData("`{\"a\": 1}`.a", "", "")]
    [InlineData("!state.A", "state", "state")]
    [InlineData("!(state.A)", "state", "state.A")]
    [InlineData("state.A.[`1`]", "state", "state.A")]
    [InlineData("state.A.{x: `1`}", "state", "state.A")]
    [InlineData("@", "", "@")]
    [InlineData("*.Id", "", "*.Id")]
    [InlineData("[0].Id", "", "[].Id")]
    [InlineData("state.\"a b\"", "state", "state.\"a b\"")]
    [InlineData("\"odd root\".a", "odd root", "\"odd root\".a")]
    public void An_expression_says_what_it_reads_of_the_root(string text, string roots, string paths)
    {
        var expression = JmesPathExpression.Parse(text);

        Assert.Equal(roots, string.Join(' ', expression.Roots));
        Assert.Equal(paths, string.Join(' ', expression.Paths));
    }
}
