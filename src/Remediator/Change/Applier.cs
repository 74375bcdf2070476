using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Change.LongCalls;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>Makes the calls of a plan, one step after the other, each step journaled before its first call.</summary>
/// <remarks>
/// What a restarted run does with the step that the journal names last:
/// <code>
/// the resource holds            the restarted run
/// what was to be written        goes on to the next step; after the last one, verifies
/// what was read before, wholly  makes the calls that are left
/// or in part
/// anything else                 somebody else is at work: stops, a person is called
/// </code>
/// </remarks>
internal static class Applier
{
    /// <summary>Applies from the first step; the run's incident already names it.</summary>
    /// <remarks>
    /// Settings of several playbooks may lie in each other: each is read again before its calls, which may have been made already. So is
    /// what follows a step that takes time: what that made may have an id that no plan could name.
    /// </remarks>
    public static Task<Applied> ApplyAsync(IRun run, Planning.Ready ready, IAws aws, CancellationToken ct) => UnlessGoneAsync(
        () => ready is { Recorded.Playbooks.Length: > 1 } ? LeftAsync(run, ready.Playbook, aws, ct) : AllAsync(run, ready, aws, ct));

    private static async Task<Applied> UnlessGoneAsync(Func<Task<Applied>> apply)
    {
        try
        {
            return await apply();
        }
        catch (ResourceGoneException)
        {
            return new Applied.Gone();
        }
    }

    private static async Task<Applied> AllAsync(IRun run, Planning.Ready ready, IAws aws, CancellationToken ct)
    {
        for (var i = 0; i < ready.Steps.Length; i++)
        {
            if (Parts.AskBefore(run.Incident, ready.Playbook, i))
            {
                return new Applied.Asks(i);
            }

            await EnterAsync(run, i, ct);
            var (procedure, calls) = ready.Steps[i];
            if (!await CallAsync(run, calls, ready.Scope, aws, ct)
                || (i < ready.Steps.Length - 1 && !await MayGoOnAsync(run, procedure, ready.Scope, aws, ct)))
            {
                return new Applied.UnderWay();
            }

            if (procedure.Step.Wait > TimeSpan.Zero && i < ready.Steps.Length - 1)
            {
                return await LeftAsync(run, ready.Playbook, aws, ct, from: i + 1);
            }
        }

        return new Applied.All();
    }

    /// <summary>Goes on where a run stopped.</summary>
    public static Task<Applied> ResumeAsync(IRun run, Playbook playbook, IAws aws, CancellationToken ct) =>
        UnlessGoneAsync(async () =>
            run.Incident.Change is not { } change || playbook.Deletes
            || await FoundNames.HoldAsync(playbook, Scope.From(change.Inputs), aws, ct)
                ? await LeftAsync(run, playbook, aws, ct)
                : new Applied.Gone());

    private static async Task<Applied> LeftAsync(IRun run, Playbook playbook, IAws aws, CancellationToken ct, int? from = null)
    {
        if (run.Incident.Change is not { Plan: { } plan } change)
        {
            return new Applied.All();
        }

        var scope = Scope.From(change.Inputs);
        for (var i = from ?? change.Step; i < plan.Steps.Length; i++)
        {
            if (Parts.AskBefore(run.Incident, playbook, i))
            {
                return new Applied.Asks(i);
            }

            await EnterAsync(run, i, ct);
            var procedure = StepHandlers.Of(playbook, plan.Steps[i].Step);
            var reading = await procedure.ReadAsync(scope, aws, ct);
            if (reading.IsGone && !plan.Steps[i].Deletes)
            {
                return new Applied.Gone();
            }

            switch (procedure.Resume(scope, reading, plan.Steps[i]))
            {
                case ResumeStep.Conflict(var differences):
                    return new Applied.Conflict(differences);
                case ResumeStep.Calls(var calls):
                    await LeftOfStepAsync(run, i, calls, ct);
                    if (!await CallAsync(run, calls, scope, aws, ct)
                        || (i < plan.Steps.Length - 1 && !await MayGoOnAsync(run, procedure, scope, aws, ct)))
                    {
                        return new Applied.UnderWay();
                    }

                    break;
                default:
                    break;
            }
        }

        return new Applied.All();
    }

    /// <summary>
    /// Makes calls that are journaled already, up to one that began something whose end is not seen. False where there are more after it.
    /// </summary>
    public static async Task<bool> CallAsync(IRun run, ImmutableArray<ReadyCall> calls, Scope scope, IAws aws, CancellationToken ct)
    {
        for (var i = 0; i < calls.Length; i++)
        {
            var call = calls[i];
            await run.CheckAsync(ct);
            if (call.Source.Runs is not null)
            {
                await RunAsync(run, call, aws, ct);
                if (IsUnderWay(run) && i < calls.Length - 1)
                {
                    return false;
                }
            }
            else
            {
                await CallAsync(call, scope, aws, ct);
            }
        }

        return true;
    }

    private static async Task RunAsync(IRun run, ReadyCall call, IAws aws, CancellationToken ct)
    {
        try
        {
            await LongRun.RunAsync(run, call, aws, ct);
        }
        catch (AwsException e) when (call.Source.IsGoneOn(e.Code))
        {
            throw new ResourceGoneException(e);
        }
    }

    /// <summary>The time to show is not given anew where every call was made already, and only its effect is waited for.</summary>
    private static async Task LeftOfStepAsync(IRun run, int step, ImmutableArray<ReadyCall> calls, CancellationToken ct)
    {
        if (!calls.IsEmpty)
        {
            await run.SaveAsync(Transitions.Applying(run.Incident, step, "applying what is left", run.Clock.GetUtcNow()), ct);
        }
    }

    /// <summary>
    /// Whether the next step may begin: what a runbook does has ended, and what a playbook says takes time is read as right. The steps of
    /// several playbooks do not wait for each other.
    /// </summary>
    private static async Task<bool> MayGoOnAsync(IRun run, IStepHandler procedure, Scope scope, IAws aws, CancellationToken ct) =>
        !IsUnderWay(run)
        && (procedure.Step is { Wait.Ticks: 0 } or { Of.Length: > 0 }
            || procedure.Plan(scope, await procedure.ReadAsync(scope, aws, ct)) is null);

    private static bool IsUnderWay(IRun run) => run.Incident.Change is { Runbook.Execution: not null };

    private static async Task CallAsync(ReadyCall call, Scope scope, IAws aws, CancellationToken ct)
    {
        try
        {
            var output = await aws.CallAsync(call.Planned.Operation, call.Planned.Input, ct);
            if (call.Source.FailsWhen is { } fails && fails.Evaluate(output, scope) is var failure && failure.IsTruthy())
            {
                // The text is AWS's own, about ids: it holds no setting's value.
                throw new AwsException(call.Planned.Operation, PartialFailure.CodeOf(failure), 200, "", failure.GetRawText());
            }
        }
        catch (AwsException e) when (call.Source.DoneOn.Contains(e.Code))
        {
            // Already so.
        }
        catch (AwsException e) when (call.Source.IsGoneOn(e.Code))
        {
            throw new ResourceGoneException(e);
        }
    }

    private static async Task EnterAsync(IRun run, int step, CancellationToken ct)
    {
        if (run.Incident.Change?.Step != step)
        {
            await run.SaveAsync(Transitions.Applying(run.Incident, step, $"applying step {step + 1}", run.Clock.GetUtcNow()), ct);
        }
    }
}

/// <summary>A call was answered that the resource is not there.</summary>
internal sealed class ResourceGoneException(AwsException inner) : Exception(inner.Message, inner);

/// <summary>How far the calls of a plan came.</summary>
internal abstract record Applied
{
    private Applied()
    {
    }

    internal sealed record All : Applied;

    /// <summary>What a call began has not ended, and more comes after it.</summary>
    internal sealed record UnderWay : Applied;

    /// <summary>A part is made, and people are asked again before the next one.</summary>
    /// <param name="From">The step that is next.</param>
    internal sealed record Asks(int From) : Applied;

    internal sealed record Conflict(ImmutableArray<Difference> Differences) : Applied;

    /// <summary>The resource was deleted meanwhile.</summary>
    internal sealed record Gone : Applied;
}
