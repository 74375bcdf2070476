using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Record;

namespace Remediator.Escalate;

/// <summary>Calls people, once per incident: that a notice is due is durable before it is sent.</summary>
internal sealed partial class Escalator(IPublisher publisher, EscalationTopics topics, TimeProvider clock, ILogger<Escalator> log)
{
    /// <summary>When the sweep looks again at a notice that could not be sent.</summary>
    private static readonly TimeSpan RetryNotice = TimeSpan.FromMinutes(5);

    /// <summary>Saves that the incident ends here for now, calls a person unless one was called, and gives the resource back.</summary>
    /// <param name="next">The incident with state, reason, detail, and when to look again.</param>
    public async Task<Incident> EscalateAsync(Run run, Incident next, string? manual, CancellationToken ct)
    {
        if (next.Notice is NoticeState.Sent && next.Reason == next.Told)
        {
            return await run.ReleaseAsync(next, ct);
        }

        // Should this worker stop before the notice is out, the sweep sends it soon, not when the incident is due otherwise.
        await run.SaveAsync(next with { Notice = NoticeState.Due, Due = clock.GetUtcNow() + RetryNotice }, ct);
        return await SendAsync(run, manual, next.Due, ct);
    }

    /// <summary>Sends the notice that an incident owes, and gives the resource back.</summary>
    public async Task<Incident> SendAsync(Run run, string? manual, DateTimeOffset? due, CancellationToken ct)
    {
        var kind = run.Incident.State is IncidentState.AwaitingApproval ? NoticeKind.Approval : NoticeKind.Escalation;
        var isSent = await TrySendAsync(new(kind, run.Incident, manual), ct);
        return await run.ReleaseAsync(isSent
            ? run.Noted("notice sent") with { Notice = NoticeState.Sent, Told = run.Incident.Reason, Due = due }
            : run.Noted("notice could not be sent") with { Due = clock.GetUtcNow() + RetryNotice }, ct);
    }

    /// <summary>Closes an incident; whoever was called is told, under the same key.</summary>
    public async Task<Incident> CloseAsync(Run run, Incident next, CancellationToken ct)
    {
        if (next.Notice is not NoticeState.Sent)
        {
            return await run.ReleaseAsync(next, ct);
        }

        return await TrySendAsync(new(NoticeKind.Resolved, next, null), ct)
            ? await run.ReleaseAsync(next with { Notice = NoticeState.Resolved }, ct)
            : await run.ReleaseAsync(run.Noted("the resolved message could not be sent") with { Due = clock.GetUtcNow() + RetryNotice }, ct);
    }

    private async Task<bool> TrySendAsync(Notice notice, CancellationToken ct)
    {
        try
        {
            foreach (var message in Messages(notice))
            {
                await publisher.PublishAsync(message, ct);
            }

            Log.Sent(log, notice.Incident.Id, notice.Kind);
            return true;
        }
        catch (AwsException e)
        {
            Log.NotSent(log, notice.Incident.Id, e.Code);
            return false;
        }
    }

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
        if (topics.People is { } people)
        {
            var texts = new Dictionary<string, string>
            {
                ["default"] = body,
                ["email"] = body,
                ["sms"] = subject,
                ["https"] = NoticeJson.Chat(notice),
                ["sqs"] = machine,
                ["lambda"] = machine,
            };
            yield return new(people, subject, texts, attributes);
        }

        if (topics.Machines is { } machines)
        {
            yield return new(machines, subject, new Dictionary<string, string> { ["default"] = machine, ["email"] = body }, attributes);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Information, "Sent the {Kind} notice of incident {Incident}")]
        public static partial void Sent(ILogger log, string incident, NoticeKind kind);

        [LoggerMessage(6002, LogLevel.Error, "The notice of incident {Incident} could not be sent: {Code}")]
        public static partial void NotSent(ILogger log, string incident, string code);
    }
}

/// <summary>The topic for people and chat, and the one for pagers and machines.</summary>
internal sealed record EscalationTopics(string? People, string? Machines);
