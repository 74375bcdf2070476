using System.Collections.Concurrent;
using Remediator.Guard;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>
/// A large budget is counted in parts, each an item of its own with its share of the limit, so that many changes at a time do not meet in
/// one. The shares add up to the limit: no more can begin, and none is refused while any part has room.
/// </summary>
/// <remarks>A count only grows within its window: what is used up once needs no asking again until the window ends.</remarks>
internal sealed class BudgetParts(TimeProvider clock)
{
    private const int MostParts = 64;

    private readonly ConcurrentDictionary<(string Name, int Part, DateTimeOffset Ends), bool> usedUp = new();

    /// <summary>A part with room, as far as is known: an incident's own one first. Null where all are used up.</summary>
    public Budget? WithRoom(Budget budget, string incidentId)
    {
        var (parts, first) = (PartsOf(budget.Limit), Number(incidentId));
        for (var tried = 0; tried < parts; tried++)
        {
            var part = (first + tried) % parts;
            if (!usedUp.ContainsKey((budget.Name, part, budget.WindowEnds)))
            {
                return budget with { Part = part, Limit = ShareOf(budget.Limit, part, parts) };
            }
        }

        return null;
    }

    public void UsedUp(Budget part)
    {
        var now = clock.GetUtcNow();
        foreach (var over in usedUp.Keys.Where(k => k.Ends <= now))
        {
            usedUp.TryRemove(over, out _);
        }

        usedUp[(part.Name, part.Part, part.WindowEnds)] = true;
    }

    public static int PartsOf(int limit) =>
        (int)Math.Clamp((limit + (Limits.LargestBudgetPart - 1L)) / Limits.LargestBudgetPart, 1, MostParts);

    private static int ShareOf(int limit, int part, int parts) => (limit / parts) + (part < limit % parts ? 1 : 0);

    /// <summary>An id ends with letters of a hash.</summary>
    private static int Number(string id) => id.Skip(Math.Max(0, id.Length - 4)).Aggregate(0, (sum, letter) => (sum * 31) + letter);
}
