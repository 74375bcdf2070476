using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>What must be clear where a change begins: that changes are not stopped, or a breaker.</summary>
/// <param name="Breaker">Null for the stop.</param>
internal sealed record BeginCheck(Budget? Breaker)
{
    /// <summary>It lets so many changes through in its hour: one that begins is counted.</summary>
    public bool IsHalfOpen { get; init; }

    /// <summary>Why a change does not begin; null where the breaker is half-open and was not counted yet.</summary>
    public Begun? Refused(Dictionary<string, AttributeValue>? item) => Breaker switch
    {
        null => new Begun.Stopped(item is { Count: > 0 } && item.TryGetValue("why", out var why) ? why.S : "all changes are stopped"),
        _ when IsHalfOpen || NumberOf(item, "n") >= Breaker.Limit => new Begun.OverBudget(Breaker),
        _ => null,
    };

    private static int NumberOf(Dictionary<string, AttributeValue>? item, string name) =>
        item?.GetValueOrDefault(name)?.N is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 0;
}
