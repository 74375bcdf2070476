using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Remediator.Testing.Record.Dynamo;

/// <summary>
/// A condition, filter or key condition of DynamoDB: comparisons, <c>attribute_exists</c>, <c>attribute_not_exists</c>, AND, OR, NOT.
/// What is not of these is refused, and so are names and values that the expression does not use or does not have.
/// </summary>
internal sealed partial class ItemCondition
{
    private readonly Placeholders placeholders;
    private readonly string[] tokens;
    private int next;
    private Dictionary<string, AttributeValue> item = [];

    private ItemCondition(string text, Placeholders placeholders)
    {
        this.placeholders = placeholders;
        tokens = [.. Token().Matches(text).Select(m => m.Value.Trim())];
        if (string.Concat(tokens).Length != text.Count(c => !char.IsWhiteSpace(c)))
        {
            throw Invalid($"a character that no expression has: {text}");
        }
    }

    public static bool Holds(string? expression, Placeholders placeholders, Dictionary<string, AttributeValue>? item)
    {
        if (expression is null)
        {
            return true;
        }

        var condition = new ItemCondition(expression, placeholders) { item = item ?? [] };
        var holds = condition.Or();
        return condition.next == condition.tokens.Length ? holds : throw Invalid($"{condition.tokens[condition.next]} is too much");
    }

    public static AmazonDynamoDBException Invalid(string why) =>
        new($"Invalid expression: {why}") { ErrorCode = "ValidationException", StatusCode = System.Net.HttpStatusCode.BadRequest };

    private bool Or()
    {
        var holds = And();
        while (Takes("OR"))
        {
            holds |= And();
        }

        return holds;
    }

    private bool And()
    {
        var holds = Not();
        while (Takes("AND"))
        {
            holds &= Not();
        }

        return holds;
    }

    private bool Not() => Takes("NOT") ? !Not() : Primary();

    private bool Primary()
    {
        if (Takes("("))
        {
            var holds = Or();
            return Takes(")") ? holds : throw Invalid("a parenthesis is open");
        }

        return tokens.ElementAtOrDefault(next) switch
        {
            "attribute_exists" => Exists(),
            "attribute_not_exists" => !Exists(),
            _ => Comparison(),
        };
    }

    private bool Exists()
    {
        next++;
        return Takes("(") && placeholders.Name(Take()) is var name && Takes(")")
            ? item.ContainsKey(name)
            : throw Invalid("a function's argument");
    }

    private bool Comparison()
    {
        var (left, sign, right) = (Operand(), Take(), Operand());
        if (left is null || right is null)
        {
            return false;
        }

        var order = Compare(left, right);
        return sign switch
        {
            "=" => order is 0,
            "<>" => order is not 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            ">=" => order >= 0,
            _ => throw Invalid($"'{sign}' is no comparison"),
        };
    }

    private AttributeValue? Operand() => Take() is [':', ..] and var value ? placeholders.Value(value) : Found();

    private AttributeValue? Found() => item.GetValueOrDefault(placeholders.Name(tokens[next - 1]));

    /// <summary>Values of different types are never equal, and none is less than the other.</summary>
    private static int? Compare(AttributeValue left, AttributeValue right) => (left, right) switch
    {
        ({ N: { } a }, { N: { } b }) => Number(a).CompareTo(Number(b)),
        ({ S: { } a }, { S: { } b }) => string.CompareOrdinal(a, b),
        ({ B: { } a }, { B: { } b }) => a.ToArray().AsSpan().SequenceCompareTo(b.ToArray()),
        _ => null,
    };

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private bool Takes(string token)
    {
        if (tokens.ElementAtOrDefault(next) != token)
        {
            return false;
        }

        next++;
        return true;
    }

    private string Take() => next < tokens.Length ? tokens[next++] : throw Invalid("it ends too soon");

    [GeneratedRegex(@"\s*(?:<=|>=|<>|[=<>(),]|[#:]?[A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex Token();
}
