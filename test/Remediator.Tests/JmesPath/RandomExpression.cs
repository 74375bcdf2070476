using FsCheck;
using FsCheck.Fluent;

namespace Remediator.Tests.JmesPath;

/// <summary>Valid expressions with all constructs and functions.</summary>
internal static class RandomExpression
{
    private static readonly Gen<string> Leaf = Gen.Elements(
        "a", "b", "c", "\"q r\"", "@", "*", "[0]", "[*]", "[]", "'a'", "`1`", "`[1, \"x\"]`", "`{\"a\": {\"b\": 1}}`", "`null`", "`bare`");

    private static readonly Gen<string> Tail = Gen.Elements(
        ".a", ".b", ".*", "[0]", "[-1]", "[*]", "[]", "[::-1]", "[1:]", "[:2].a", ".[a, b]", ".{x: a, b: @}", "[?a]", "[?@ == `1`].b");

    private static readonly Gen<string> Operator = Gen.Elements(" | ", " || ", " && ", " == ", " != ", " < ", " >= ");

    private static readonly Gen<string> Function = Gen.Elements(
        "abs(X)", "avg(X)", "ceil(X)", "contains(X, Y)", "ends_with(X, Y)", "floor(X)", "join(X, Y)", "keys(X)", "length(X)", "map(&X, Y)",
        "max(X)", "max_by(X, &Y)", "merge(X, Y)", "min(X)", "min_by(X, &Y)", "not_null(X, Y)", "reverse(X)", "sort(X)", "sort_by(X, &Y)",
        "starts_with(X, Y)", "sum(X)", "to_array(X)", "to_number(X)", "to_string(X)", "type(X)", "values(X)");

    private static readonly Gen<string> Shape = Gen.Elements(
        "(X)", "!X", "[X, Y]", "{a: X, \"q r\": Y}", "[?X]", "to_array(X)[?Y]", "to_array(X)[*].[Y]");

    public static Gen<string> Any { get; } = Of(4);

    private static Gen<string> Of(int depth) => depth == 0
        ? Leaf
        : Gen.OneOf(
            Leaf,
            from head in Of(depth - 1) from tail in Tail select head + tail,
            from left in Of(depth - 1) from op in Operator from right in Of(depth - 1) select left + op + right,
            Filled(Function, depth),
            Filled(Shape, depth));

    private static Gen<string> Filled(Gen<string> pattern, int depth) =>
        from text in pattern
        from x in Of(depth - 1)
        from y in Of(depth - 1)
        select string.Concat(text.Select(c => c switch { 'X' => x, 'Y' => y, _ => c.ToString() }));
}
