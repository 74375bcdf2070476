using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Change.Sessions;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Values;
using Remediator.Verify;

namespace Remediator.Undo;

/// <summary>
/// Undoes what an incident changed, and proves it. It gives the resource back where it is at its end; what needs a person it gives to its
/// caller.
/// </summary>
internal sealed class UndoRun(Verifier verifier, IncidentPlaybooks playbooks, IAwsAccounts accounts, Limits limits, TimeProvider clock)
{
    /// <summary>A person takes back what the service changed.</summary>
    public async Task<UndoEnd> AskedAsync(Run run, string by, string note, bool force, CancellationToken ct)
    {
        var (found, now) = (run.Incident.State is IncidentState.Undoing ? null : run.Incident, clock.GetUtcNow());
        await run.SaveAsync(Transitions.UndoAsked(run.Incident, by, note, now, now + limits.RunTime), ct);
        return await RunAsync(run, force, found, ct);
    }

    /// <summary>The service takes back what it changed, because it failed; whatever comes of it, a person is called.</summary>
    public async Task<UndoEnd> PutBackAsync(Run run, Reason reason, string why, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await run.SaveAsync(Transitions.PutsBack(run.Incident, reason, why, now, now + limits.RunTime), ct);
        try
        {
            return await RunAsync(run, force: false, found: null, ct);
        }
        catch (ChangesStoppedException stopped)
        {
            // Nobody asked for this undo: it waits where it is, until changes are allowed.
            var at = clock.GetUtcNow();
            return new UndoEnd.Pending(
                await run.ReleaseAsync(
                    Transitions.Halted(run.Incident, stopped.Why, at, at + limits.StoppedAgain),
                    ct));
        }
        catch (AwsException e) when (Fault.Of(e) is { IsPassing: true } later && limits.IsAttemptLeft(run.Incident))
        {
            // It stays under way: whoever comes next goes on with putting it back.
            var at = clock.GetUtcNow();
            return new UndoEnd.Pending(
                await run.ReleaseAsync(Transitions.TriedAgainLater(run.Incident, later.Detail, at, at + Limits.Backoff(run.Incident)), ct));
        }
        catch (Exception e) when (Fault.Of(e) is { } fault)
        {
            return new UndoEnd.Escalate(reason, $"{why} Putting it back failed too: {fault.Detail}");
        }
    }

    /// <param name="run">An incident that is undoing.</param>
    /// <param name="force">Undo although the resource no longer holds what was written.</param>
    /// <param name="found">
    /// The incident as a person found it: where the undo may not be made, it stays so. Null for whoever goes on with an undo.
    /// </param>
    /// <param name="ct">Ends the work.</param>
    public async Task<UndoEnd> RunAsync(Run run, bool force, Incident? found, CancellationToken ct)
    {
        if (run.Incident.Change is not { } change)
        {
            return new UndoEnd.Gone();
        }

        var playbook = playbooks.Of(change);
        var aws = DeclaredCalls.Of(accounts, run.Incident, playbook);
        switch (await Undoer.PlanAsync(change, playbook, aws, force, ct))
        {
            case UndoPlan.Conflict(var differences):
                return await StoppedAsync(run, differences, found, ct);
            case UndoPlan.Ready ready:
                await run.SaveAsync(await EnteredAsync(run, ready, playbook, ct), ct);
                aws = DeclaredCalls.Of(accounts, run.Incident, playbook);
                await Undoer.ApplyAsync(run, ready, aws, ct);
                if (run.Incident.Change is { Runbook: { Execution: not null } runbook })
                {
                    return await UnderWayAsync(run, playbook, runbook, ct);
                }

                return await verifier.VerifyUndoneAsync(ready.Steps, ready.Scope, aws, ct)
                    ? await UndoneAsync(run, playbook, ct)
                    : new UndoEnd.Escalate(Reason.NotVerified, "The undo went through, but the setting is not as it was.");
            default:
                return new UndoEnd.Gone();
        }
    }

    /// <summary>The incident with the calls of the undo, and how far the credentials reach that they are made with.</summary>
    private async Task<Incident> EnteredAsync(Run run, UndoPlan.Ready ready, Playbook playbook, CancellationToken ct)
    {
        var planned = Transitions.UndoPlanned(run.Incident, [.. ready.Calls.Select(c => c.Planned)]);
        return ready.Calls.IsEmpty || (await ChangeSession.EnterAsync(accounts, planned, playbook, ct)).Words is not { Length: > 0 } words
            ? planned
            : Transitions.Undoing(planned, words, clock.GetUtcNow());
    }

    /// <summary>The runbook that undoes has not ended: the next worker looks at it again, for as long as the playbook says.</summary>
    private async Task<UndoEnd> UnderWayAsync(Run run, Playbook playbook, StartedRunbook runbook, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return now < runbook.At + playbook.Wait
            ? new UndoEnd.Pending(
                await run.ReleaseAsync(Transitions.Waiting(run.Incident, "not undone yet", now, now + limits.VerifyAgain), ct))
            : new UndoEnd.Escalate(Reason.NotVerified, $"The undo: {runbook.Still(now)}");
    }

    /// <summary>A person's undo ends held; the service's own ends with a person called.</summary>
    private async Task<UndoEnd> UndoneAsync(Run run, Playbook playbook, CancellationToken ct)
    {
        if (run.Incident.Reason is { } reason)
        {
            await run.SaveAsync(Transitions.PutBack(run.Incident), ct);
            var rest = playbook.NotUndone.Length > 0 ? $" Not restored: {playbook.NotUndone}" : "";
            return new UndoEnd.Escalate(reason, $"{run.Incident.Detail}{rest}");
        }

        var now = clock.GetUtcNow();
        return new UndoEnd.Held(
            await run.ReleaseAsync(Transitions.Undone(run.Incident, playbook.NotUndone, now, now + limits.HoldFor), ct));
    }

    private async Task<UndoEnd> StoppedAsync(Run run, ImmutableArray<Difference> differences, Incident? found, CancellationToken ct)
    {
        if (run.Incident.Reason is { } reason)
        {
            return new UndoEnd.Escalate(reason, $"{run.Incident.Detail} It was not put back: somebody else changed it meanwhile.");
        }

        // Whoever asked for it may not be there any more.
        return found is null
            ? new UndoEnd.Escalate(
                Reason.Conflict,
                $"The undo was stopped: somebody else changed it meanwhile: {Sentences.PathList(differences.Select(d => d.At))}.")
            : new UndoEnd.Conflict(
                await run.ReleaseAsync(Transitions.UndoStopped(run.Incident, found, clock.GetUtcNow()), ct),
                differences);
    }
}

/// <summary>How an undo came to its end for now.</summary>
internal abstract record UndoEnd
{
    private UndoEnd()
    {
    }

    /// <summary>Put back, proved, and given back.</summary>
    internal sealed record Held(Incident Incident) : UndoEnd;

    /// <summary>Under way, and given back.</summary>
    internal sealed record Pending(Incident Incident) : UndoEnd;

    /// <summary>Not made, and given back as it was found.</summary>
    internal sealed record Conflict(Incident Incident, ImmutableArray<Difference> Differences) : UndoEnd;

    /// <summary>A person has to be called.</summary>
    internal sealed record Escalate(Reason Reason, string Why) : UndoEnd;

    /// <summary>There is nothing left to put back.</summary>
    internal sealed record Gone : UndoEnd;
}
