using Amazon.DynamoDBv2.Model;

namespace Remediator.Testing.Record.Dynamo;

/// <summary>What the names and values of an expression stand for. Those that are missing, or not used, are refused.</summary>
internal sealed class Placeholders(Dictionary<string, string>? names, Dictionary<string, AttributeValue>? values)
{
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    public string Name(string token)
    {
        used.Add(token);
        return token is not ['#', ..] ? token
            : names?.GetValueOrDefault(token) ?? throw ItemCondition.Invalid($"the name {token} is not defined");
    }

    public AttributeValue Value(string token)
    {
        used.Add(token);
        return values?.GetValueOrDefault(token) ?? throw ItemCondition.Invalid($"the value {token} is not defined");
    }

    public void AssertUsed()
    {
        string[] given = [.. names?.Keys ?? Enumerable.Empty<string>(), .. values?.Keys ?? Enumerable.Empty<string>()];
        if (given.FirstOrDefault(n => !used.Contains(n)) is { } unused)
        {
            throw ItemCondition.Invalid($"{unused} is not used");
        }
    }
}
