using FsCheck;
using FsCheck.Fluent;
using Remediator.Playbooks;
using Remediator.Testing;

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
        var config = Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(25);
        FsCheck.Check.One(FullRun.IsAsked ? config : config.WithReplay(1, 3), property);
    }

    private static async Task<string?> RunAsync(Step[] steps)
    {
        await using var run = new HistoryRun();
        return await run.RunAsync(steps);
    }
}
