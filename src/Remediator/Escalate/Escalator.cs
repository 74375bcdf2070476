using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Escalate;

/// <summary>Calls people, once per incident: that a notice is due is durable before it is sent.</summary>
internal sealed partial class Escalator(
    IPublisher publisher, EscalationTopics topics, IJournal journal, Limits limits, TimeProvider clock, ILogger<Escalator> log)
{
    /// <summary>When the sweep looks again at a notice that could not be sent.</summary>
    private static readonly TimeSpan RetryNotice = TimeSpan.FromMinutes(5);

    /// <summary>Saves that the incident ends here for now, calls a person unless one was called, and gives the resource back.</summary>
    /// <param name="next">The incident with state, reason, detail, and when to look again.</param>
    public async Task<Incident> EscalateAsync(Run run, Incident next, string? manual, CancellationToken ct)
    {
        if (next.Notice is NoticeState.Sent or NoticeState.Summarised && next.Reason == next.Told)
        {
            return await run.ReleaseAsync(next, ct);
        }

        var news = next with { Reminders = 0, AcknowledgedBy = null, Reached = null, ToldAt = clock.GetUtcNow() };
        if (await IsOneTooManyAsync(ct))
        {
            return await run.ReleaseAsync(news with { Notice = NoticeState.Summarised, Told = next.Reason }, ct);
        }

        // Should this worker stop before the notice is out, the sweep sends it soon, not when the incident is due otherwise.
        await run.SaveAsync(news with { Notice = NoticeState.Due, Due = clock.GetUtcNow() + RetryNotice }, ct);
        return await SendAsync(run, manual, next.Due, ct);
    }

    /// <summary>Sends the notice that an incident owes, and gives the resource back.</summary>
    public async Task<Incident> SendAsync(Run run, string? manual, DateTimeOffset? due, CancellationToken ct)
    {
        var (isSent, reached) = await TrySendAsync(new(KindOf(run.Incident), run.Incident, manual), ct);
        var sent = run.Noted("notice sent") with { Notice = NoticeState.Sent, Reached = Resolved(reached), Told = run.Incident.Reason };
        return await run.ReleaseAsync(isSent
            ? sent with { Due = Sooner(due, limits.Reminder(sent)) }
            : run.Noted("notice could not be sent") with { Reached = reached, Due = clock.GetUtcNow() + RetryNotice }, ct);
    }

    /// <summary>Tells people again of what nobody took on, under the same key.</summary>
    public async Task<Incident> RemindAsync(Run run, string? manual, DateTimeOffset due, CancellationToken ct)
    {
        if (await IsOneTooManyAsync(ct))
        {
            return await run.ReleaseAsync(run.Incident with { Due = Limits.HourEnds(clock.GetUtcNow()) }, ct);
        }

        // Counted before it is sent: a reminder may get lost, and must not come twice.
        await run.SaveAsync(run.Noted($"reminder {run.Incident.Reminders + 1}") with { Reminders = run.Incident.Reminders + 1 }, ct);
        await TrySendAsync(new(KindOf(run.Incident), run.Incident, manual), ct);
        return await run.ReleaseAsync(run.Incident with { Due = Sooner(due, limits.Reminder(run.Incident)) }, ct);
    }

    /// <summary>Tells of what is no single incident. False where nobody heard it: said again, those who did would hear it twice.</summary>
    public async Task<bool> TellAsync(ServiceNotice bulletin, CancellationToken ct)
    {
        var (isTold, messages) = (false, bulletin.Messages(topics).ToList());
        foreach (var message in messages)
        {
            try
            {
                await publisher.PublishAsync(message, ct);
                isTold = true;
                Log.Told(log, bulletin.Key);
            }
            catch (AwsException e)
            {
                Log.NotTold(log, bulletin.Key, e.Code);
            }
        }

        return isTold || messages.Count == 0;
    }

    /// <summary>Closes an incident; whoever was called is told, under the same key.</summary>
    public async Task<Incident> CloseAsync(Run run, Incident next, CancellationToken ct)
    {
        // One that is due may be out already: whoever should have noted that stopped.
        if (next.Notice is not (NoticeState.Sent or NoticeState.Due))
        {
            return await run.ReleaseAsync(next, ct);
        }

        var (isSent, reached) = await TrySendAsync(new(NoticeKind.Resolved, next, null), ct);
        return await run.ReleaseAsync(isSent
            ? next with { Notice = NoticeState.Resolved, Reached = null }
            : run.Noted("the resolved message could not be sent") with { Reached = reached, Due = clock.GetUtcNow() + RetryNotice }, ct);
    }

    private static NoticeKind KindOf(Incident incident) =>
        incident.State is IncidentState.AwaitingApproval ? NoticeKind.Approval : NoticeKind.Escalation;

    private static DateTimeOffset? Sooner(DateTimeOffset? one, DateTimeOffset? other) => other is null || one < other ? one : other;

    private async Task<bool> IsOneTooManyAsync(CancellationToken ct)
    {
        var notices = limits.Notices(clock.GetUtcNow());
        return await journal.CountAsync(notices, 1, ct) > notices.Limit;
    }

    /// <summary>Sends to every topic that has not had it; a topic that refuses keeps it from no other.</summary>
    private async Task<(bool IsSent, string? Reached)> TrySendAsync(Notice notice, CancellationToken ct)
    {
        var (isSent, reached) = (true, notice.Incident.Reached);
        foreach (var message in Messages(notice).Where(m => !HasReached(notice, m)))
        {
            try
            {
                await publisher.PublishAsync(message, ct);
                reached = $"{reached} {Reaching(notice, message)}".TrimStart();
            }
            catch (AwsException e)
            {
                Log.NotSent(log, notice.Incident.Id, e.Code);
                isSent = false;
            }
        }

        if (isSent)
        {
            Log.Sent(log, notice.Incident.Id, notice.Kind);
        }

        return (isSent, reached);
    }

    private static string Reaching(Notice notice, Message message) => $"{notice.Kind}:{message.TopicArn}";

    /// <summary>The topics that know already that it is over.</summary>
    private static string? Resolved(string? reached) =>
        reached?.Split(' ').Where(r => r.StartsWith(nameof(NoticeKind.Resolved), StringComparison.Ordinal)).ToList() is [_, ..] some ? string.Join(' ', some) : null;

    private static bool HasReached(Notice notice, Message message) =>
        notice.Incident.Reached is { } reached && reached.Split(' ').Contains(Reaching(notice, message), StringComparer.Ordinal);

    private IEnumerable<Message> Messages(Notice notice)
    {
        var subject = NoticeText.Subject(notice);
        var body = NoticeText.Body(notice);
        var machine = NoticeJson.Machine(notice);
        var attributes = new Dictionary<string, string>
        {
            ["severity"] = notice.Severity,
            ["reason"] = notice.Kind is NoticeKind.Resolved ? "resolved" : notice.Incident.Reason?.Name() ?? "",
            ["environment"] = notice.Incident.Environment,
            ["accountId"] = notice.Incident.Resource.Account,
            ["team"] = notice.Incident.Owner,
        };
        return topics.Messages(subject, body, NoticeJson.Chat(notice), machine, attributes);
    }

    private static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Information, "Sent the {Kind} notice of incident {Incident}")]
        public static partial void Sent(ILogger log, string incident, NoticeKind kind);

        [LoggerMessage(6002, LogLevel.Error, "The notice of incident {Incident} could not be sent: {Code}")]
        public static partial void NotSent(ILogger log, string incident, string code);

        [LoggerMessage(6003, LogLevel.Warning, "Told people: {Key}")]
        public static partial void Told(ILogger log, string key);

        [LoggerMessage(6004, LogLevel.Error, "People could not be told {Key}: {Code}")]
        public static partial void NotTold(ILogger log, string key, string code);
    }
}
