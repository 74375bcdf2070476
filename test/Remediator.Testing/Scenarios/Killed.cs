using Remediator.Incidents;
using Remediator.Testing.Fakes;

namespace Remediator.Testing.Scenarios;

/// <summary>A process that is killed at one of its calls, and what those after it make of that.</summary>
internal static class Killed
{
    /// <summary>The event comes again once the lease is over, and the sweep goes round until nothing is under way.</summary>
    /// <returns>Whether the work was done before so many calls were made, and at which call the process ended.</returns>
    public static async Task<(bool IsOver, string? Where)> DuringAsync(InMemoryHost host, ComplianceChange change, int at, bool isAfter)
    {
        var ended = await WhileAsync(host, () => host.SendAsync(change), at, isAfter);
        await host.PassAsync(TimeSpan.FromMinutes(6));
        await host.SendAsync(change);
        for (var pass = 0; pass < 4; pass++)
        {
            await host.SweepAfterAsync(TimeSpan.FromMinutes(20));
        }

        return ended;
    }

    /// <summary>The process ends in the middle of a work, and another one is there.</summary>
    /// <returns>Whether the work was done before so many calls were made, and at which call the process ended.</returns>
    public static async Task<(bool IsOver, string? Where)> WhileAsync(InMemoryHost host, Func<Task> work, int at, bool isAfter)
    {
        var crash = host.Fake.Crash;
        crash.Arrange(at, isAfter);
        try
        {
            await work();
        }
        catch (KilledException)
        {
            // That is what it is about.
        }

        var (isOver, where) = (crash.Done < at, crash.Where);
        crash.Restart();
        host.Restart();
        return (isOver, where);
    }
}
