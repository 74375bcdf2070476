using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2.Model;

namespace Remediator.Tests.Record;

/// <summary>The part of DynamoDB's expressions that the journal uses: comparisons, AND, OR and parentheses; SET, ADD and REMOVE.</summary>
internal sealed partial class TableExpression
{
    private readonly Queue<string> tokens;
    private readonly Dictionary<string, string> names;
    private readonly Dictionary<string, AttributeValue> values;
    private readonly IReadOnlyDictionary<string, AttributeValue> item;

    private TableExpression(
        string text,
        Dictionary<string, string>? names,
        Dictionary<string, AttributeValue>? values,
        IReadOnlyDictionary<string, AttributeValue>? item)
    {
        tokens = new(Token().Matches(text).Select(m => m.Value));
        this.names = names ?? [];
        this.values = values ?? [];
        this.item = item ?? new Dictionary<string, AttributeValue>();
    }

    private bool IsRead => tokens.Count == 0 ? true : throw new NotSupportedException($"The fake table cannot read '{tokens.Peek()}'.");

    public static bool Holds(
        string? condition,
        Dictionary<string, string>? names,
        Dictionary<string, AttributeValue>? values,
        IReadOnlyDictionary<string, AttributeValue>? item)
    {
        if (condition is null)
        {
            return true;
        }

        var expression = new TableExpression(condition, names, values, item);
        return expression.Or() && expression.IsRead;
    }

    public static Dictionary<string, AttributeValue> Updated(
        string update,
        Dictionary<string, string>? names,
        Dictionary<string, AttributeValue>? values,
        Dictionary<string, AttributeValue> key,
        IReadOnlyDictionary<string, AttributeValue>? there)
    {
        var next = new Dictionary<string, AttributeValue>(there ?? key, StringComparer.Ordinal);
        var expression = new TableExpression(update, names, values, there);
        var action = "";
        while (expression.tokens.TryDequeue(out var token))
        {
            if (token is "SET" or "ADD" or "REMOVE")
            {
                action = token;
            }
            else if (token is not ",")
            {
                expression.Apply(action, expression.Name(token), next);
            }
        }

        return next;
    }

    private void Apply(string action, string name, Dictionary<string, AttributeValue> next)
    {
        switch (action)
        {
            case "SET" when tokens.Dequeue() is "=":
                next[name] = values[tokens.Dequeue()];
                break;
            case "ADD":
                var sum = Whole(next.GetValueOrDefault(name)) + Whole(values[tokens.Dequeue()]);
                next[name] = new() { N = sum.ToString(CultureInfo.InvariantCulture) };
                break;
            case "REMOVE":
                next.Remove(name);
                break;
            default:
                throw new NotSupportedException($"The fake table cannot {action} {name}.");
        }
    }

    private static long Whole(AttributeValue? value) => value is null ? 0 : long.Parse(value.N, CultureInfo.InvariantCulture);

    private bool Or()
    {
        var holds = And();
        while (tokens.TryPeek(out var token) && token is "OR")
        {
            tokens.Dequeue();
            holds |= And();
        }

        return holds;
    }

    private bool And()
    {
        var holds = Term();
        while (tokens.TryPeek(out var token) && token is "AND")
        {
            tokens.Dequeue();
            holds &= Term();
        }

        return holds;
    }

    private bool Term()
    {
        var token = tokens.Dequeue();
        if (token is "(")
        {
            var inner = Or();
            return tokens.Dequeue() is ")" && inner;
        }

        if (token is "attribute_not_exists")
        {
            tokens.Dequeue();
            var isThere = item.ContainsKey(Name(tokens.Dequeue()));
            tokens.Dequeue();
            return !isThere;
        }

        var (left, comparison, right) = (Operand(token), tokens.Dequeue(), Operand(tokens.Dequeue()));
        return left is not null && right is not null && comparison switch
        {
            "=" => Order(left, right) == 0,
            "<" => Order(left, right) < 0,
            "<=" => Order(left, right) <= 0,
            ">=" => Order(left, right) >= 0,
            _ => throw new NotSupportedException($"The fake table cannot compare by {comparison}."),
        };
    }

    private AttributeValue? Operand(string token) => token[0] is ':' ? values[token] : item.GetValueOrDefault(Name(token));

    private string Name(string token) => token[0] is '#' ? names[token] : token;

    private static int Order(AttributeValue left, AttributeValue right) => (left, right) switch
    {
        ({ N: { } a }, { N: { } b }) => decimal.Parse(a, CultureInfo.InvariantCulture)
            .CompareTo(decimal.Parse(b, CultureInfo.InvariantCulture)),
        ({ B: { } a }, { B: { } b }) => a.ToArray().AsSpan().SequenceCompareTo(b.ToArray()),
        _ => string.CompareOrdinal(left.S, right.S),
    };

    [GeneratedRegex(@"[#:]?\w+|<=|>=|[=<>(),]")]
    private static partial Regex Token();
}
