using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Testing.Scenarios;

namespace Remediator.Tests;

/// <summary>An operation of the service that a crash may interrupt at any point.</summary>
/// <param name="Seed">Sets up the situation, before anything crashes.</param>
/// <param name="Act">The interrupted operation.</param>
/// <param name="Again">What the queue or a person does after the restart.</param>
/// <param name="Check">What must hold at the end.</param>
internal sealed record CrashFlow(
    Func<InMemoryHost, Task<ComplianceChange>> Seed,
    Func<InMemoryHost, ComplianceChange, Task> Act,
    Func<InMemoryHost, ComplianceChange, Task> Again,
    Func<InMemoryHost, ComplianceChange, Task> Check)
{
    /// <summary>
    /// Returns what is wrong after a crash; null if every invariant holds. <c>HasCrashed</c> is false after the last point.
    /// </summary>
    public async Task<(bool HasCrashed, string? Broken)> RunAsync(int at, bool isAfter)
    {
        await using var host = new InMemoryHost();
        var change = await Seed(host);
        host.Fake.Crash.Arrange(at, isAfter);
        await Attempt(() => Act(host, change));
        var (hasCrashed, where) = (host.Fake.Crash.IsDead, host.Fake.Crash.Where);
        if (!hasCrashed)
        {
            return (false, null);
        }

        host.Fake.Crash.Restart();
        host.Restart();
        try
        {
            await RecoverAsync(host, change);
            await Check(host, change);
            return (true, null);
        }
        catch (Exception broken) when (broken is Xunit.Sdk.XunitException or InvalidOperationException)
        {
            return (true, $"{where}: {broken.Message}");
        }
    }

    // The lease of the dead process expires, the queue delivers again, and the sweep runs from time to time.
    private async Task RecoverAsync(InMemoryHost host, ComplianceChange change)
    {
        await host.PassAsync(TimeSpan.FromMinutes(6));
        await Again(host, change);
        for (var pass = 0; pass < 6; pass++)
        {
            await host.SweepAfterAsync(TimeSpan.FromMinutes(30));
        }
    }

    private static async Task Attempt(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Testing.Fakes.KilledException)
        {
            // The kill is the purpose of the test.
        }
    }
}
