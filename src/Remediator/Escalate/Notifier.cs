using Remediator.Guard;
using Remediator.Incidents;

namespace Remediator.Escalate;

/// <summary>
/// Calls people about an incident that a worker holds, and gives the incident as it is to be given back: that a notice is due is durable
/// before it is sent, and what could not be sent is due again.
/// </summary>
/// <param name="escalator">Who sends.</param>
/// <param name="notices">How many an hour may see.</param>
/// <param name="limits">When it is tried, or looked at, again.</param>
/// <param name="evidence">The incident with what people are shown beside its plan.</param>
/// <param name="clock">The time.</param>
/// <param name="joined">The problem whose one notice speaks for an incident; null where none does.</param>
internal sealed class Notifier(
    Escalator escalator,
    NoticeLimit notices,
    Limits limits,
    Func<Incident, CancellationToken, Task<Incident>> evidence,
    TimeProvider clock,
    Func<Incident, CancellationToken, Task<string?>> joined)
{
    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Calls a person, once for each reason.</summary>
    public async Task<Incident> CallAsync(IRun run, Incident next, CancellationToken ct)
    {
        if (Notices.IsTold(next))
        {
            return next;
        }

        if (await joined(next, ct) is { } problem)
        {
            return Notices.Joined(next, problem, Now);
        }

        if (!await notices.TakeAsync(next.Resource.Account, Now, ct))
        {
            return Notices.Summarised(next, Now);
        }

        await run.SaveAsync(Notices.Due(await evidence(next, ct), Now, Now + limits.NoticeAgain), ct);
        return await SendAsync(run, next.Due, ct);
    }

    /// <summary>Sends what is due.</summary>
    public async Task<Incident> SendAsync(IRun run, DateTimeOffset? due, CancellationToken ct)
    {
        var delivery = await escalator.SendAsync(Notice.Of(run.Incident), ct);
        return delivery.IsComplete
            ? Looked(Notices.Sent(run.Incident, delivery, Now), due)
            : Notices.NotSent(run.Incident, delivery, "notice could not be sent", Now, Now + limits.NoticeAgain);
    }

    /// <summary>Tells people again of what nobody took on, under the same key; and once, after the policy's time, another team.</summary>
    public async Task<Incident> RemindAsync(IRun run, DateTimeOffset due, CancellationToken ct)
    {
        if (!await notices.TakeAsync(run.Incident.Resource.Account, Now, ct))
        {
            return run.Incident with { Due = Guard.Budgets.HourEnds(Now) };
        }

        if (Limits.SecondStep(run.Incident) <= Now)
        {
            return await GoFurtherAsync(run, due, ct);
        }

        await run.SaveAsync(Notices.Reminded(run.Incident, Now), ct);
        await escalator.SendAsync(Notice.Of(run.Incident), ct);
        return Looked(run.Incident, due);
    }

    /// <summary>Nobody is waited for any more: whoever was called is told, under the same key.</summary>
    public async Task<Incident> EndAsync(IRun run, Incident end, CancellationToken ct)
    {
        if (!Notices.MayBeKnown(end))
        {
            return end;
        }

        var delivery = await escalator.SendAsync(new(NoticeKind.Resolved, end), ct);
        return delivery.IsComplete ? Notices.Resolved(end)
            : Notices.NotSent(run.Incident, delivery, "the resolved message could not be sent", Now, Now + limits.NoticeAgain);
    }

    /// <summary>The incident stays due until every topic took it: whoever stops half-way leaves it to the next sweep.</summary>
    private async Task<Incident> GoFurtherAsync(IRun run, DateTimeOffset due, CancellationToken ct)
    {
        var further = Notice.Of(run.Incident) with { Further = run.Incident.Terms.EscalateTo };
        var delivery = await escalator.SendAsync(further, ct);
        return delivery.IsComplete
            ? Looked(Notices.SentFurther(run.Incident, Now), due)
            : Notices.NotSent(run.Incident, delivery, "the second step could not be sent", Now, Now + limits.NoticeAgain);
    }

    private Incident Looked(Incident told, DateTimeOffset? due) => told with { Due = limits.NextLook(told, due) };
}
