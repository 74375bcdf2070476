using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Learn;

/// <summary>Tells with a notice how earlier changes of its rule fared. Read for a notice alone, in small parts at once.</summary>
internal sealed partial class Lessons(
    IJournal journal, KnownOrders orders, Policy policy, TimeProvider clock, ILogger<Lessons> log)
{
    /// <summary>So many of the newest changes count: what was undone long ago, and not since, is forgotten.</summary>
    public const int MostChanges = 50;

    public async Task<Lesson> OfAsync(string rule, string identifier, CancellationToken ct) =>
        Lesson
            .Of(rule, [.. (await journal.ChangedAsync(rule, MostChanges, ct)).Items])
            .With(policy, await orders.NowAsync(ct), identifier, clock.GetUtcNow());

    public async Task<Notice> WithAsync(Notice notice, CancellationToken ct)
    {
        if (notice.Kind is NoticeKind.Resolved)
        {
            return notice;
        }

        try
        {
            var i = notice.Incident;
            return notice with { Earlier = (await OfAsync(i.Rule.Name, i.Terms.RuleIdentifier, ct)).Words };
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or AwsException)
        {
            // A notice without it is better than no notice.
            Log.NotRead(log, e, notice.Incident.Id);
            return notice;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6011, LogLevel.Warning, "How earlier changes of its rule fared could not be read for incident {Incident}")]
        public static partial void NotRead(ILogger log, Exception error, string incident);
    }
}
