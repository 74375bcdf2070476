using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Escalate;

/// <summary>
/// Sends what people are to be told, and says which topics took it. What is due, and what was sent, its caller makes durable.
/// </summary>
internal sealed partial class Escalator(
    IPublisher publisher,
    EscalationTopics topics,
    NoticeSources sources,
    ILogger<Escalator> log,
    Func<Notice, CancellationToken, Task<Notice>>? learned = null)
{
    /// <summary>Sends to every topic that has not had it; a topic that refuses keeps it from no other.</summary>
    public async Task<NoticeDelivery> SendAsync(Notice notice, CancellationToken ct)
    {
        var (isComplete, reached) = (true, notice.Incident.Telling.Reached);
        notice = learned is null ? notice : await learned(notice, ct);
        foreach (var message in Messages(notice))
        {
            var delivered = new Delivered(notice.Further is null ? notice.Kind : NoticeKind.Further, message.TopicArn);
            if (reached.Contains(delivered))
            {
                continue;
            }

            try
            {
                await publisher.PublishAsync(message, ct);
                reached = reached.Add(delivered);
            }
            catch (AwsException e)
            {
                Log.NotSent(log, notice.Incident.Id, e.Code);
                isComplete = false;
            }
        }

        if (isComplete)
        {
            Log.Sent(log, notice.Incident.Id, notice.Kind);
        }

        return new(isComplete, reached);
    }

    /// <summary>Tells of what is no single incident. False where nobody heard it: said again, those who did would hear it twice.</summary>
    public async Task<bool> TellAsync(ServiceNotice notice, CancellationToken ct)
    {
        var (isTold, messages) = (false, notice.Messages(topics).ToList());
        foreach (var message in messages)
        {
            try
            {
                await publisher.PublishAsync(message, ct);
                isTold = true;
                Log.Notified(log, notice.Key);
            }
            catch (AwsException e)
            {
                Log.NotTold(log, notice.Key, e.Code);
            }
        }

        return isTold || messages.Count == 0;
    }

    private IEnumerable<Message> Messages(Notice notice)
    {
        var complete = sources.Complete(notice);
        return topics.Messages(lines => IncidentFacts.Of(complete, lines), complete.Routes);
    }

    private static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Information, "Sent the {Kind} notice of incident {Incident}")]
        public static partial void Sent(ILogger log, string incident, NoticeKind kind);

        [LoggerMessage(6002, LogLevel.Error, "The notice of incident {Incident} could not be sent: {Code}")]
        public static partial void NotSent(ILogger log, string incident, string code);

        [LoggerMessage(6003, LogLevel.Warning, "Told people: {Key}")]
        public static partial void Notified(ILogger log, string key);

        [LoggerMessage(6004, LogLevel.Error, "People could not be told {Key}: {Code}")]
        public static partial void NotTold(ILogger log, string key, string code);
    }
}
