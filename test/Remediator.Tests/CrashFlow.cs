using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Testing.Scenarios;

namespace Remediator.Tests;

/// <summary>Something the service does that a crash may cut in two at any point.</summary>
/// <param name="Seed">Brings about the situation, before anything crashes.</param>
/// <param name="Act">What is cut in two.</param>
/// <param name="Again">What the queue or a person does once the process is back.</param>
/// <param name="Check">What must hold in the end.</param>
internal sealed record CrashFlow(
    Func<InMemoryHost, Task<ComplianceChange>> Seed,
    Func<InMemoryHost, ComplianceChange, Task> Act,
    Func<InMemoryHost, ComplianceChange, Task> Again,
    Func<InMemoryHost, ComplianceChange, Task> Check)
{
    /// <summary>
    /// Gives what is broken after a crash; null where every invariant holds. <c>HasCrashed</c> is false past the last point.
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

    // The lease of the dead process runs out, the queue delivers again, and the sweep passes now and then.
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
            // That is what it is about.
        }
    }
}
