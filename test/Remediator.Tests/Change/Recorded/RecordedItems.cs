using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded;

/// <summary>What AWS Config has recorded, the newest first; it answers only for the account, region, type, id and time asked for.</summary>
internal sealed class RecordedItems : IConfigHistory
{
    private readonly Dictionary<ResourceKey, JsonElement[]> _items = [];

    /// <summary>How many items were read.</summary>
    public int Given { get; private set; }

    public void Add(ResourceKey resource, params JsonElement[] items) => _items[resource] = items;

    /// <summary>What rules said of the resource.</summary>
    public void Said(ResourceKey resource, params JsonElement[] items) => Add(
        resource with { Type = "AWS::Config::ResourceCompliance", Id = $"{resource.Type}/{resource.Id}" }, items);

    public async IAsyncEnumerable<JsonElement> ItemsAsync(
        string account, string region, string type, string id, DateTimeOffset since, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var item in _items.GetValueOrDefault(new(account, region, type, id), []))
        {
            await Task.Yield();
            if (DateTimeOffset.Parse(item.TextOf("configurationItemCaptureTime")!, CultureInfo.InvariantCulture) >= since)
            {
                Given++;
                yield return item;
            }
        }
    }
}
