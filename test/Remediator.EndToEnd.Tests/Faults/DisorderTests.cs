using FsCheck;
using FsCheck.Fluent;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>
/// Generated histories with duplicated, late and reordered events over several workers, compared with a model of what must hold.
/// </summary>
public sealed class DisorderTests
{
    [Fact]
    public void Every_history_ends_as_the_model_says()
    {
        var property = Prop.ForAll(Histories.Any, steps =>
        {
            var broken = RunAsync(steps).GetAwaiter().GetResult();
            return (broken is null).Label(broken ?? "");
        });
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(25), property);
    }

    private static async Task<string?> RunAsync(Step[] steps)
    {
        await using var run = new HistoryRun();
        return await run.RunAsync(steps);
    }
}
