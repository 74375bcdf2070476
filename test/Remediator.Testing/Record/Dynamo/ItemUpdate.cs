using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Remediator.Testing.Record.Dynamo;

/// <summary>An update expression with the clauses SET (of a value) and ADD (of a number).</summary>
internal static class ItemUpdate
{
    public static Dictionary<string, AttributeValue> Apply(
        string expression, Placeholders placeholders, Dictionary<string, AttributeValue> key, Dictionary<string, AttributeValue>? item)
    {
        var next = new Dictionary<string, AttributeValue>(item ?? key, StringComparer.Ordinal);
        var (sets, adds) = expression.Split("ADD", 2) is [var before, var after] ? (before, after) : (expression, "");
        foreach (var set in Parts(sets.Replace("SET", "", StringComparison.Ordinal)))
        {
            next[placeholders.Name(set[0])] = set is [_, "=", var value] ? placeholders.Value(value)
                : throw ItemCondition.Invalid($"an update that is not understood: {expression}");
        }

        foreach (var add in Parts(adds))
        {
            var (name, by) = (placeholders.Name(add[0]), placeholders.Value(add[1]).N);
            var sum = Number(next.GetValueOrDefault(name)?.N ?? "0") + Number(by);
            next[name] = new() { N = sum.ToString(CultureInfo.InvariantCulture) };
        }

        return next;
    }

    private static IEnumerable<string[]> Parts(string clause) => clause
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
