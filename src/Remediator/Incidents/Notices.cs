using System.Collections.Immutable;

namespace Remediator.Incidents;

/// <summary>What an incident says of its one notice, before and after it is sent: pure, like <see cref="Transitions"/>.</summary>
internal static class Notices
{
    private const int MostRoutes = 10;

    /// <summary>People were called for this reason: the same reason again is no news.</summary>
    public static bool IsTold(Incident incident) =>
        incident.Telling is { Notice: NoticeState.Sent or NoticeState.Summarised } telling && telling.ToldReason == incident.Reason;

    /// <summary>One that is due may be out already: whoever should have noted that stopped.</summary>
    public static bool MayBeKnown(Incident incident) => incident.Telling.Notice is NoticeState.Sent or NoticeState.Due;

    /// <summary>What is given to whoever has to do it by hand; null for nothing.</summary>
    public static Incident WithHelp(Incident incident, Help? help) => incident with { Telling = incident.Telling with { Help = help } };

    /// <summary>Durable before anything is sent. Should this worker stop, the sweep sends it soon.</summary>
    public static Incident Due(Incident incident, DateTimeOffset now, DateTimeOffset due) =>
        incident with { Telling = News(incident, now) with { Notice = NoticeState.Due, Problem = null }, Due = due };

    /// <summary>One too many: a summary speaks for it.</summary>
    public static Incident Summarised(Incident incident, DateTimeOffset now) =>
        incident with { Telling = News(incident, now) with { Notice = NoticeState.Summarised, ToldReason = incident.Reason } };

    /// <summary>The notice of its problem speaks for it.</summary>
    public static Incident Joined(Incident incident, string problem, DateTimeOffset now)
    {
        var noted = incident.Telling.Problem is null ? incident.Noted(EntryKind.Told, $"left to the notice of {problem}", now) : incident;
        var left = Summarised(noted, now);
        return left with { Telling = left.Telling with { Problem = problem } };
    }

    public static Incident Sent(Incident incident, NoticeDelivery delivery, DateTimeOffset now) =>
        incident.Noted(EntryKind.Told, "notice sent", now) with
        {
            Telling = incident.Telling with
            {
                Notice = NoticeState.Sent,
                // The topics that know already that it is over.
                Reached = [.. delivery.Reached.Where(r => r.Kind is NoticeKind.Resolved)],
                ToldReason = incident.Reason,
                ToldAt = now,
                Routes = WithRoute(incident, Route.Of(incident)),
                Announced = incident is { Reason: Reason.Announced, Plan: { } plan } ? new(plan.Identity, now) : incident.Telling.Announced,
            },
        };

    /// <summary>Nobody took it on in the policy's time: another team was called.</summary>
    public static Incident SentFurther(Incident incident, DateTimeOffset now)
    {
        var team = incident.Terms.EscalateTo?.Owner ?? "";
        return incident.Noted(EntryKind.Told, $"nobody took it on: {team} was called", now) with
        {
            Telling = incident.Telling with
            {
                Further = team,
                Routes = WithRoute(incident, Route.Of(incident, team)),
                Reached = [.. incident.Telling.Reached.Where(r => r.Kind is not NoticeKind.Further)],
            },
        };
    }

    /// <summary>A topic refused: it is tried again, and those that took it are not told twice.</summary>
    public static Incident NotSent(Incident incident, NoticeDelivery delivery, string what, DateTimeOffset now, DateTimeOffset due) =>
        incident.Noted(EntryKind.Told, what, now) with { Telling = incident.Telling with { Reached = delivery.Reached }, Due = due };

    public static Incident Reminded(Incident incident, DateTimeOffset now)
    {
        var reminders = incident.Telling.Reminders + 1;
        return incident.Noted(EntryKind.Told, $"reminder {reminders}", now) with
        {
            Telling = incident.Telling with { Reminders = reminders },
        };
    }

    public static Incident Resolved(Incident incident) =>
        incident with { Telling = incident.Telling with { Notice = NoticeState.Resolved, Reached = [], Routes = null } };

    /// <summary>The newest few: each is a change of the policy, or another reason.</summary>
    private static ImmutableArray<Route> WithRoute(Incident incident, Route route) =>
        [.. (incident.Telling.Routes ?? []).Where(r => r != route).Append(route).TakeLast(MostRoutes)];

    private static Telling News(Incident incident, DateTimeOffset now) =>
        incident.Telling with { Reminders = 0, AcknowledgedBy = null, Further = null, Reached = [], ToldAt = now };
}
