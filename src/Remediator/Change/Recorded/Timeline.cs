using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Change.Registered;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>
/// What AWS Config recorded of a resource over time, as far as playbooks know its settings or Cloud Control its model, and what rules said.
/// </summary>
internal sealed class Timeline(IConfigHistory config, PlaybookLibrary playbooks, TimeProvider clock)
{
    /// <summary>The newest first.</summary>
    public async Task<ImmutableArray<TimelineEntry>> OfAsync(ResourceKey resource, TimeSpan age, CancellationToken ct)
    {
        var items = await ItemsAsync(resource, resource.Type, resource.Id, age, ct);
        var said = await ItemsAsync(resource, History.Compliance, $"{resource.Type}/{resource.Id}", age, ct);
        ImmutableArray<(string Name, Step Step)> settings =
        [
            .. from name in playbooks.Recorded(resource.Type)
               let playbook = playbooks.Load(name)
               from step in playbook.Steps
               where step.Recorded is not null
               orderby step.IsOnlyRecorded descending
               select (CombinedPlaybook.NameOf(playbook, step), step),
        ];
        ImmutableArray<(string Name, Step Step)> distinct = [.. settings.DistinctBy(s => s.Step.Recorded!.Text)];
        var registered = RegisteredTypes.Find(resource.Type);
        var scope = Scope.Empty.With("resource", Json.Object([new("id", Json.Text(resource.Id)), new("type", Json.Text(resource.Type))]));
        return
        [
            .. items.Select((item, i) => Entry(item, i + 1 < items.Count ? items[i + 1] : null, distinct, registered, scope))
                .Concat(said.Select(Verdicts))
                .OrderByDescending(e => e.At),
        ];
    }

    private async Task<List<ConfigurationItem>> ItemsAsync(ResourceKey resource, string type, string id, TimeSpan age, CancellationToken ct)
    {
        var items = new List<ConfigurationItem>();
        await foreach (var item in config.ItemsAsync(resource.Account, resource.Region, type, id, clock.GetUtcNow() - age, ct))
        {
            items.Add(ConfigurationItemReader.Read(item));
        }

        return items;
    }

    private static TimelineEntry Entry(
        ConfigurationItem item,
        ConfigurationItem? before,
        ImmutableArray<(string Name, Step Step)> settings,
        RegisteredType? registered,
        Scope scope) =>
        new(item.CapturedAt)
        {
            StateId = item.StateId,
            Status = item.Status,
            IsOldest = before is null,
            Changes =
        [
            .. registered is not null && before is { Status: ItemStatus.Recorded } && item.Status is ItemStatus.Recorded
                ? OfModel(registered, before, item)
                : [],
            .. from setting in before is { Status: ItemStatus.Recorded } && item.Status is ItemStatus.Recorded ? settings : []
               let comparer = new Canonical(setting.Step.Ignore)
               let old = Value(setting.Step, before!, scope)
               let now = Value(setting.Step, item, scope)
               where !comparer.Same(old, now)
               from difference in Difference.Between(old, now, new(setting.Step.Ignore))
               select (setting.Name, difference),
        ],
        };

    /// <summary>What a rollback through Cloud Control would put back; nothing where an item is in another shape.</summary>
    private static IEnumerable<(string Setting, Difference Difference)> OfModel(
        RegisteredType type, ConfigurationItem before, ConfigurationItem item)
    {
        if (!RegisteredItems.IsInShape(type, before) || !RegisteredItems.IsInShape(type, item))
        {
            return [];
        }

        var comparer = new Canonical([]);
        return Difference
            .Between(Writable(before), Writable(item), StateComparer.Exact)
            .Where(d => !comparer.Same(d.Old, d.New))
            .Select(d => (type.Name, d));

        JsonElement Writable(ConfigurationItem of) => Model.Writable(type, of.Document.Member("configuration"));
    }

    private static TimelineEntry Verdicts(ConfigurationItem item) => new(item.CapturedAt)
    {
        Verdicts = [.. History.Rules(item).Select(r => (r.TextOf("configRuleName") ?? "", r.TextOf("complianceType") ?? ""))],
    };

    /// <summary>An item that an expression does not understand is shown without that setting: nothing is done with it here.</summary>
    private static JsonElement Value(Step step, ConfigurationItem item, Scope scope)
    {
        try
        {
            return step.Recorded!.Evaluate(item.Document, scope);
        }
        catch (ExpressionException)
        {
            return Json.Null;
        }
    }
}

/// <summary>One point of a timeline: an item, or what rules said.</summary>
internal sealed record TimelineEntry(DateTimeOffset At)
{
    /// <summary>Of the item; empty where rules spoke.</summary>
    public string StateId { get; init; } = "";

    public ItemStatus Status { get; init; }

    /// <summary>Nothing before it is known.</summary>
    public bool IsOldest { get; init; }

    /// <summary>The settings that differ from the item before.</summary>
    public ImmutableArray<(string Setting, Difference Difference)> Changes { get; init; } = [];

    public ImmutableArray<(string Rule, string Compliance)> Verdicts { get; init; } = [];
}
