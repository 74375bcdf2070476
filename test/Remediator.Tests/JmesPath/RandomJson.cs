using FsCheck;
using FsCheck.Fluent;

namespace Remediator.Tests.JmesPath;

/// <summary>JSON texts, including unusual ones.</summary>
internal static class RandomJson
{
    private static readonly Gen<string> Leaf = Gen.Elements(
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1.0",
        "2.50",
        "1e400",
        "-1e-40",
        "12345678901234567890123456789012",
        "\"\"",
        "\"a\"",
        "\"10\"",
        "\"😀\"",
        "\"\\ud83d\\ude00\"");

    private static readonly Gen<string> Name = Gen.Elements("\"a\"", "\"b\"", "\"c\"", "\"q r\"", "\"\\u0064\"");

    public static Gen<string> Any { get; } = Of(3);

    public static Gen<string> Object { get; } = ObjectOf(3);

    private static Gen<string> Of(int depth) => depth == 0
        ? Leaf
        : Gen.OneOf(
            Leaf,
            Gen.Choose(0, 4).SelectMany(n => Of(depth - 1).ListOf(n)).Select(items => $"[{string.Join(" , ", items)}]"),
            ObjectOf(depth));

    private static Gen<string> ObjectOf(int depth) =>
        from names in Name.ListOf(4)
        from values in Of(depth - 1).ListOf(4)
        from count in Gen.Choose(0, 4)
        select $"{{{string.Join(", ", names.Distinct().Zip(values, (name, value) => $"{name}: {value}").Take(count))}}}";
}
