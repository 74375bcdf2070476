using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Verify;

/// <summary>Reads a changed setting again until it is right, or the time for it is over. It never trusts an answer of 200.</summary>
internal sealed class Verifier(TimeProvider clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    public async Task<Verdict> VerifyAsync(Plan plan, Playbook playbook, Scope scope, IAws aws, CancellationToken ct)
    {
        var end = clock.GetUtcNow() + Limits.ReadBackFor;
        for (var pause = TimeSpan.FromMilliseconds(250); ; pause = Longer(pause))
        {
            var verdict = await LookAsync(plan, playbook, scope, new AskedOnce(aws), ct);
            if (verdict is not Verdict.NotCompliant || clock.GetUtcNow() + pause > end)
            {
                return verdict;
            }

            await Task.Delay(pause, clock, ct);
        }
    }

    private static async Task<Verdict> LookAsync(Plan plan, Playbook playbook, Scope scope, IAws aws, CancellationToken ct)
    {
        var steps = ImmutableArray.CreateBuilder<StepPlan>();
        foreach (var step in plan.Steps)
        {
            var handler = StepHandlers.Of(playbook, step.Step);
            var reading = await handler.ReadAsync(scope, aws, ct);
            if (reading.IsGone && !playbook.Deletes)
            {
                return new Verdict.Gone();
            }

            if (!reading.IsGone && LeftOf(step, handler, scope, reading) is { } left)
            {
                return new Verdict.NotCompliant(step.Step, left);
            }

            steps.Add(step with { After = reading.State });
        }

        // Nothing is wrong with what is not there any more, and that is no fix, unless it had to go.
        return !playbook.Deletes && (await FoundType.ReadAsync(playbook, scope, aws, ct)).Gone is not null
            ? new Verdict.Gone()
            : new Verdict.Compliant(plan with { Steps = steps.ToImmutable() });
    }

    /// <summary>
    /// Where it is not right yet; null where it is. A rollback is right where it holds what was recorded, a change where nothing is left to
    /// plan.
    /// </summary>
    private static ImmutableArray<string>? LeftOf(StepPlan step, IStepHandler handler, Scope scope, Reading reading)
    {
        if (!step.IsRollback)
        {
            return handler.Plan(scope, reading) is { } left
                ? [.. left.Plan.Differences(new(handler.Step.Ignore)).Select(d => d.At)]
                : null;
        }

        return handler.Resume(scope, reading, step) switch
        {
            ResumeStep.Nothing => null,
            ResumeStep.Conflict(var differences) => [.. differences.Select(d => d.At)],
            _ => [.. step.Differences(new(handler.Step.Ignore)).Select(d => d.At)],
        };
    }

    /// <summary>Reads until the setting is as it was before the change.</summary>
    public async Task<bool> VerifyUndoneAsync(
        IReadOnlyList<(IStepHandler Handler, StepPlan Done)> steps, Scope scope, IAws aws, CancellationToken ct)
    {
        var end = clock.GetUtcNow() + Limits.ReadBackFor;
        for (var pause = TimeSpan.FromMilliseconds(250); ; pause = Longer(pause))
        {
            var isBack = true;
            foreach (var (handler, done) in steps)
            {
                isBack = isBack && handler.Undo(scope, await handler.ReadAsync(scope, aws, ct), done, force: false) is UndoStep.Nothing;
            }

            if (isBack || clock.GetUtcNow() + pause > end)
            {
                return isBack;
            }

            await Task.Delay(pause, clock, ct);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}

/// <summary>What reading back showed.</summary>
internal abstract record Verdict
{
    private Verdict()
    {
    }

    /// <param name="Plan">With what was read back.</param>
    internal sealed record Compliant(Plan Plan) : Verdict;

    internal sealed record NotCompliant(string Step, ImmutableArray<string> At) : Verdict;

    internal sealed record Gone : Verdict;
}
