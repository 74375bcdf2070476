using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator.Sweep;

/// <summary>
/// Asks Config, rule by rule, what is non-compliant and has no incident: what was there before the service was, and what no event told.
/// A pass takes so much and no more, and the next one goes on where it stopped; while events wait in the queue it takes nothing.
/// </summary>
internal sealed partial class Backlog(
    BacklogSources sources,
    Policy policy,
    PlaybookLibrary playbooks,
    IJournal journal,
    Pipeline pipeline,
    TimeProvider clock,
    ILogger<Backlog> log)
{
    private const string Name = "backlog";

    /// <summary>What a pass spends on it: the rest of the function's time is for what is open.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(45);

    /// <summary>Pages of Config's answers in one pass, whatever they hold.</summary>
    private const int MostPages = 1000;

    private string? written;

    /// <summary>Gives how many changes it found.</summary>
    public async Task<int> LookAsync(CancellationToken ct)
    {
        written = await journal.BookmarkAsync(Name, ct);
        var mark = BacklogMark.Read(written).Awake(clock.GetUtcNow());
        if (policy.Backlog.PerSweep == 0 || mark.NotBefore is not null || (sources.Queue is { } queue && await queue.WaitingAsync(ct) > 0))
        {
            return 0;
        }

        var (found, pages, began) = (0, 0, clock.GetUtcNow());
        var rules = new PlaceRules(sources.Config, sources.Aggregated(policy.Backlog, log), sources.Targets(policy.Backlog), IsOurs);
        while (pages < MostPages
            && found < policy.Backlog.PerSweep
            && mark.NotBefore is null
            && clock.GetUtcNow() - began < MostTime
            && !ct.IsCancellationRequested)
        {
            (mark, var some) = await TakeOrLeaveAsync(mark, rules, ct);
            if (some is { } taken)
            {
                (found, pages) = (found + taken, pages + 1);
                // After the changes are handed over: a pass that stops between takes a page twice, never leaves one out.
                await SetAsync(mark, ct);
            }
        }

        await SetAsync(mark, ct);
        return found;
    }

    private async Task SetAsync(BacklogMark mark, CancellationToken ct)
    {
        if (mark.Text != written)
        {
            await journal.SetBookmarkAsync(Name, mark.Text, ct);
            written = mark.Text;
        }
    }

    /// <summary>A place that refuses must not keep the others waiting: the next round asks there again.</summary>
    private async Task<(BacklogMark Next, int? Found)> TakeOrLeaveAsync(BacklogMark mark, PlaceRules placeRules, CancellationToken ct)
    {
        try
        {
            return await TakeAsync(mark, placeRules, ct);
        }
        catch (AwsException e) when (Fault.Of(e) is { IsPassing: false } fault)
        {
            var (account, region) = sources.Targets(policy.Backlog)[mark.Place];
            Log.Refused(log, account, region, fault.Detail);
            return (BacklogMark.At(mark.Place + 1), null);
        }
    }

    /// <summary>A page of one rule; null where there is none to take at the place.</summary>
    private async Task<(BacklogMark Next, int? Found)> TakeAsync(BacklogMark mark, PlaceRules placeRules, CancellationToken ct)
    {
        var places = sources.Targets(policy.Backlog);
        if (mark.Place >= places.Count)
        {
            return (BacklogMark.Rest(clock.GetUtcNow() + policy.Backlog.Every), null);
        }

        var (account, region) = places[mark.Place];
        var rules = await placeRules.OfAsync(mark.Place, ct);
        if (rules.FirstOrDefault(r => string.CompareOrdinal(r.Name, mark.Rule) >= 0) is not { } rule)
        {
            return (BacklogMark.At(mark.Place + 1), null);
        }

        var page = await sources.Config.NonCompliantAsync(account, region, rule.Name, rule.Name == mark.Rule ? mark.Page : null, ct);
        var changes = new List<ComplianceChange>();
        foreach (var resource in page.Resources)
        {
            var change = Change(account, region, rule, resource);
            if (await IsUnknownAsync(change, ct))
            {
                changes.Add(change);
            }
        }

        await HandOverAsync(changes, ct);
        // The name that comes next in order, whichever rules there will be by then.
        return (
            page.Next is { } next ? mark with { Rule = rule.Name, Page = next } : mark with { Rule = rule.Name + "\u0001", Page = null },
            changes.Count);
    }

    private async Task HandOverAsync(List<ComplianceChange> changes, CancellationToken ct)
    {
        if (sources.Queue is { } queue)
        {
            await queue.SendAsync([.. changes.Select(BacklogEvent.Of)], ct);
            return;
        }

        foreach (var change in changes)
        {
            await HandleAsync(change, ct);
        }
    }

    private async Task HandleAsync(ComplianceChange change, CancellationToken ct)
    {
        try
        {
            await pipeline.RunAsync(change, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested || e is not OperationCanceledException)
        {
            // One that cannot be handled must not cost the others; the next round finds it again where it has no incident by then.
            Log.Failed(log, e, change.Resource.Type, change.Rule.Name);
        }
    }

    /// <summary>An open incident has its own time at which the sweep looks again.</summary>
    private async Task<bool> IsUnknownAsync(ComplianceChange change, CancellationToken ct)
    {
        foreach (var key in GlobalResources.Keys(change.Resource).Append(change.Resource))
        {
            if (await journal.FindOpenAsync(Incident.KeyOf(key, change.Rule), ct) is not null)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsOurs(ConfigRule rule) =>
        playbooks.Answers(rule.ManagedIdentifier)
        || policy.Defaults.RollsBack
        || policy.Rules.Any(r => (r.Playbook is not null || r.RollsBack) && r.Match.MatchesRule(rule.Name, rule.ManagedIdentifier));

    private static ComplianceChange Change(string account, string region, ConfigRule rule, NonCompliant found) => new()
    {
        Resource = new(account, region, found.Type, found.Id),
        Rule = new(rule.Name, rule.Arn),
        Compliance = Compliance.NonCompliant,
        RecordedAt = found.RecordedAt,
        Annotation = found.Annotation,
    };

    private static partial class Log
    {
        [LoggerMessage(7005, LogLevel.Warning, "Config in account {Account}, {Region} could not be asked for what is non-compliant: {Why}")]
        public static partial void Refused(ILogger log, string account, string region, string why);

        [LoggerMessage(7006, LogLevel.Error, "A {ResourceType} that {Rule} reports could not be handled")]
        public static partial void Failed(ILogger log, Exception error, string resourceType, string rule);
    }
}
