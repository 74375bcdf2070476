using FsCheck;
using FsCheck.Fluent;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;

namespace Remediator.Tests.Record;

/// <summary>A budget in parts allows exactly as much as the whole, for any number of concurrent workers.</summary>
public sealed class BudgetPartsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(50, 1)]
    [InlineData(1_000, 1)]
    [InlineData(1_001, 2)]
    [InlineData(20_000, 20)]
    [InlineData(1_000_000, 64)]
    [InlineData(int.MaxValue, 64)]
    public void Small_budget_is_whole_and_a_large_one_has_parts(int limit, int parts) =>
        Assert.Equal(parts, BudgetParts.PartsOf(limit));

    [Fact]
    public void Exactly_the_limit_is_allowed() => Prop.ForAll(
        (from limit in Gen.Choose(0, 4_500)
         from workers in Gen.Choose(1, 5)
         from seed in Gen.Choose(0, int.MaxValue - 1)
         select (limit, workers, seed)).ToArbitrary(),
        c => c.limit == Allowed(c.limit, c.workers, c.seed)).Check(Samples.Cases(40));

    [Fact]
    public void Incidents_begin_with_different_parts()
    {
        var budget = new Budget("all", 8 * Limits.LargestBudgetPart, DateTimeOffset.MaxValue);
        var parts = new BudgetParts(new TestClock());

        var first = Enumerable.Range(0, 200).Select(n => parts.WithRoom(budget, Some.Incident(Some.Bucket($"b-{n}")).Id)!);

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], first.Select(b => b.Part).Distinct().Order());
        Assert.All(first, b => Assert.Equal(Limits.LargestBudgetPart, b.Limit));
    }

    /// <summary>Also where all were found within one second, so that their ids begin alike.</summary>
    [Fact]
    public void Incidents_of_one_moment_begin_with_all_parts_there_are()
    {
        var budget = new Budget("all", 64 * Limits.LargestBudgetPart, DateTimeOffset.MaxValue);
        var parts = new BudgetParts(new TestClock());

        var first = Enumerable.Range(0, 2000).Select(n => parts.WithRoom(budget, Some.Incident(Some.Bucket($"b-{n}")).Id)!.Part);

        Assert.Equal(64, first.Distinct().Count());
        Assert.NotNull(parts.WithRoom(budget, "a"));
    }

    [Fact]
    public void Used_up_part_is_available_again_in_the_next_window()
    {
        var clock = new TestClock();
        var parts = new BudgetParts(clock);
        var budget = new Budget("all", 1, clock.GetUtcNow().AddHours(1));
        parts.UsedUp(parts.WithRoom(budget, "id")!);
        Assert.Null(parts.WithRoom(budget, "id"));

        clock.Advance(TimeSpan.FromHours(1));

        Assert.NotNull(parts.WithRoom(budget with { WindowEnds = budget.WindowEnds.AddHours(1) }, "id"));
    }

    /// <summary>Workers with separate memories on one table; each asks until it is denied.</summary>
    private static int Allowed(int limit, int workers, int seed)
    {
        var (clock, random, table) = (new TestClock(), new System.Random(seed), new Dictionary<int, int>());
        var budget = new Budget("all", limit, clock.GetUtcNow().AddHours(1));
        var (left, allowed) = (Enumerable.Range(0, workers).Select(_ => new BudgetParts(clock)).ToList(), 0);
        while (left.Count > 0)
        {
            var worker = left[random.Next(left.Count)];
            if (worker.WithRoom(budget, $"{random.Next():X8}") is not { } part)
            {
                left.Remove(worker);
            }
            else if (table.GetValueOrDefault(part.Part) < part.Limit)
            {
                table[part.Part] = table.GetValueOrDefault(part.Part) + 1;
                allowed++;
            }
            else
            {
                worker.UsedUp(part);
            }
        }

        return allowed;
    }
}
