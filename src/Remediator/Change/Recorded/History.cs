using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>Finds what AWS Config recorded of a resource while a rule held, when the rule found it wrong, and last.</summary>
/// <remarks>
/// When it was right (T): what the event says of the result before it; else when the journal saw the rule hold last; else the compliance
/// timeline. Where the rule is triggered by changes, the result's time is that of the item that it judged, and the good item is the one
/// before it; otherwise it is the newest item captured at or before T. Pages are read up to the good item and no further.
/// </remarks>
internal sealed class History(IConfigHistory config, TimeProvider clock)
{
    /// <summary>Config writes an item's time with milliseconds, some results with seconds only.</summary>
    private static readonly TimeSpan SameTime = TimeSpan.FromSeconds(1);

    public async Task<HistoryLookup> FindAsync(HistoryQuestion question, CancellationToken ct)
    {
        try
        {
            return await SearchAsync(question, ct);
        }
        catch (UnreadableItemException unreadable)
        {
            return new HistoryLookup.None(Reason.NoHistory, $"What AWS Config recorded cannot be read. {unreadable.Message}");
        }
    }

    private async Task<HistoryLookup> SearchAsync(HistoryQuestion question, CancellationToken ct)
    {
        if (await CompliantAtAsync(question, ct) is not { } compliant)
        {
            return new HistoryLookup.None(
                Reason.NeverCompliant, "Nothing says that the resource ever complied with this rule: there is no value to roll back to.");
        }

        var search = new ItemSearch(question, compliant);
        await foreach (var item in ItemsAsync(question, ct))
        {
            if (search.Take(item) is { } end)
            {
                return end;
            }
        }

        return search.AtTheEnd(clock.GetUtcNow());
    }

    /// <summary>What AWS Config recorded of a resource, the newest first.</summary>
    public async IAsyncEnumerable<ConfigurationItem> ItemsAsync(HistoryQuestion question, [EnumeratorCancellation] CancellationToken ct)
    {
        var since = clock.GetUtcNow() - question.MostAge;
        var resource = question.Resource;
        await foreach (var item in config.ItemsAsync(resource.Account, question.Region, resource.Type, resource.Id, since, ct))
        {
            yield return ConfigurationItemReader.Read(item);
        }
    }

    private async Task<DateTimeOffset?> CompliantAtAsync(HistoryQuestion question, CancellationToken ct) =>
        question.CompliantBefore ?? await TimelineAsync(question, ct);

    private async Task<DateTimeOffset?> TimelineAsync(HistoryQuestion question, CancellationToken ct)
    {
        var (resource, since) = (question.Resource, clock.GetUtcNow() - question.MostAge);
        var id = $"{resource.Type}/{resource.Id}";
        await foreach (var item in config.ItemsAsync(resource.Account, question.Region, Compliance, id, since, ct))
        {
            var read = ConfigurationItemReader.Read(item);
            if (read.Status is ItemStatus.Recorded
                && Rules(read).Any(r => IsOf(r, question.Rule) && r.TextOf("complianceType") is "COMPLIANT"))
            {
                return read.CapturedAt;
            }
        }

        return null;
    }

    /// <summary>The type under which Config keeps what rules said of a resource.</summary>
    internal const string Compliance = "AWS::Config::ResourceCompliance";

    internal static JsonElement.ArrayEnumerator Rules(ConfigurationItem item) =>
        item.Document.Member("configuration").Member("configRuleList") is { ValueKind: JsonValueKind.Array } rules
            ? rules.EnumerateArray()
            : default;

    private static bool IsOf(JsonElement result, RuleRef rule) =>
        result.TextOf("configRuleArn") is { } arn ? arn == rule.Arn : result.TextOf("configRuleName") == rule.Name;

    /// <summary>Goes through the items, the newest first, until the good one is found or cannot be.</summary>
    private sealed class ItemSearch(HistoryQuestion question, DateTimeOffset compliantAt)
    {
        private ConfigurationItem? _latest;
        private ConfigurationItem? _judged;
        private ConfigurationItem? _oldest;

        public HistoryLookup? Take(ConfigurationItem item)
        {
            if (item.Status is ItemStatus.NotRecorded)
            {
                return null;
            }

            if (item.Status is ItemStatus.Deleted)
            {
                return new HistoryLookup.None(Reason.IdentityChanged, _latest is null
                    ? $"AWS Config recorded at {item.CapturedAt.UtcDateTime:u} that the resource was deleted."
                    : $"The resource was deleted and made anew since it complied (recorded at {item.CapturedAt.UtcDateTime:u}).");
            }

            _latest ??= item;
            if (_latest.Identity.DifferenceFrom(item.Identity) is { } what)
            {
                return new HistoryLookup.None(
                    Reason.IdentityChanged,
                    $"What complied at {compliantAt.UtcDateTime:u} was another resource of the same name: its {what} differs.");
            }

            if (IsGood(item))
            {
                return new HistoryLookup.Found(new(compliantAt, item, _judged ?? _latest, _latest));
            }

            _judged ??= question.FoundAt is { } found && item.CapturedAt <= found + SameTime ? item : null;
            _oldest = item;
            return null;
        }

        public HistoryLookup.None AtTheEnd(DateTimeOffset now) =>
            _oldest is null
                ? new HistoryLookup.None(Reason.NoHistory, "AWS Config has no recorded configuration of the resource.")
                : new HistoryLookup.None(
                    Reason.TooOld,
                    "AWS Config has no item from before the change that is newer than the policy's rollback.max-age "
                    + $"({question.MostAge.TotalDays:0.#} days; "
                        + $"that is {(now - question.MostAge).UtcDateTime:u}).");

        /// <summary>The item before the one that a change-triggered rule judged; else the newest from when the rule held.</summary>
        private bool IsGood(ConfigurationItem item) =>
            question.Trigger is not RuleTrigger.Periodic && _judged is { } judged && IsAt(judged.CapturedAt, question.FoundAt)
                ? item.CapturedAt < judged.CapturedAt
                : item.CapturedAt <= compliantAt + SameTime;

        private static bool IsAt(DateTimeOffset time, DateTimeOffset? other) => other is { } at && (time - at).Duration() <= SameTime;
    }
}
