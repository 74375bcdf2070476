using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Change.Recorded;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change.Tags;

/// <summary>
/// Finds values for the tags that a rule asks for: what the resource had, what its stack or its parent has, what is known of the account,
/// what the policy gives, in the order that the policy says. A value is never made up, and none is taken that the rule does not take.
/// </summary>
internal sealed class InheritedTags(IAwsAccounts accounts, IConfigHistory config, TimeProvider clock)
{
    /// <summary>The policy's parameters with the values that were found, and for each key where its value is from.</summary>
    public async Task<(JsonElement Parameters, JsonElement Sources)> FindAsync(Incident incident, ChangeOrder order, CancellationToken ct)
    {
        var wanted = RequiredTag.Of(RuleParameters.Set(order.Rule.Parameters));
        if (wanted.IsEmpty || order.TagsFrom is [] or [TagSource.Policy])
        {
            return (order.Parameters, Json.Null);
        }

        var found = new Dictionary<string, (string Value, string Source)>(StringComparer.Ordinal);
        var resource = new Recordings(config, clock, incident, order.MaxAge);
        foreach (var source in order.TagsFrom)
        {
            foreach (
                var (tags, name) in wanted.All(w => found.ContainsKey(w.Key)) ? [] : await OfAsync(source, resource, incident, order, ct))
            {
                foreach (var tag in wanted.Where(w => !found.ContainsKey(w.Key)))
                {
                    if (tags.Member(tag.Key) is { ValueKind: JsonValueKind.String } value && tag.Takes(value.GetString()!))
                    {
                        found[tag.Key] = (value.GetString()!, name);
                    }
                }
            }
        }

        var values = Json.Object([new("tags", Json.Object(found.Select(f => KeyValuePair.Create(f.Key, Json.Text(f.Value.Value)))))]);
        return (
            Merging.Merge(order.Parameters, values), Json.Object(found.Select(f => KeyValuePair.Create(f.Key, Json.Text(f.Value.Source)))));
    }

    private async Task<IReadOnlyList<(JsonElement Tags, string Source)>> OfAsync(
        TagSource source, Recordings resource, Incident incident, ChangeOrder order, CancellationToken ct) => source switch
        {
            TagSource.Policy => [(order.Parameters.Member("tags"), "the policy")],
            TagSource.Recorded =>
                [.. (await resource.ItemsAsync(ct)).Select(item => (item.Tags, $"AWS Config's item {item.StateId} of {Time(item)}"))],
            TagSource.Stack => await StackAsync(resource, incident, ct),
            TagSource.Account => [(AccountTags.Of(order), $"what the policy knows of account {incident.Resource.Account}")],
            _ => await ParentAsync(resource, incident, order, ct),
        };

    private async Task<IReadOnlyList<(JsonElement Tags, string Source)>> StackAsync(
        Recordings resource, Incident incident, CancellationToken ct)
    {
        if ((await resource.ItemsAsync(ct)).FirstOrDefault()?.Tags.TextOf("aws:cloudformation:stack-name") is not { } stack)
        {
            return [];
        }

        var input = Json.Object([new("StackName", Json.Text(stack))]);
        var output = await accounts.For(incident.Resource.Account, incident.Region).CallAsync("cloudformation:DescribeStacks", input, ct);
        var tags = output.Member("Stacks") is { ValueKind: JsonValueKind.Array } stacks
            && stacks.GetArrayLength() == 1 ? stacks[0].Member("Tags") : Json.Null;
        return [(AsObject(tags), $"CloudFormation stack {stack}")];
    }

    private async Task<IReadOnlyList<(JsonElement Tags, string Source)>> ParentAsync(
        Recordings resource, Incident incident, ChangeOrder order, CancellationToken ct)
    {
        if ((await resource.ItemsAsync(ct)).FirstOrDefault() is not { } latest
            || Parents.OnlyOne(incident.Resource.Type, latest.Document.Member("relationships")) is not (var type, var id))
        {
            return [];
        }

        var key = incident.Resource with { Region = incident.Region, Type = type, Id = id };
        return await new Recordings(config, clock, key, order.MaxAge).ItemsAsync(ct) is [var newest, ..]
            ? [(newest.Tags, $"{type} {id}")]
            : [];
    }

    private static JsonElement AsObject(JsonElement tags) => Json.Object((tags.IsList() ? tags.EnumerateArray() : default)
        .Select(t => KeyValuePair.Create(t.TextOf("Key") ?? "", Json.Text(t.TextOf("Value") ?? ""))));

    private static string Time(ConfigurationItem item) => item.CapturedAt.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);

    /// <summary>The items of one resource, read once: the newest first, none from before it was made anew.</summary>
    private sealed class Recordings(IConfigHistory config, TimeProvider clock, ResourceKey resource, TimeSpan age)
    {
        private ImmutableArray<ConfigurationItem>? _items;

        public Recordings(IConfigHistory config, TimeProvider clock, Incident incident, TimeSpan age)
            : this(config, clock, incident.Resource with { Region = incident.Region }, age)
        {
        }

        public async Task<ImmutableArray<ConfigurationItem>> ItemsAsync(CancellationToken ct) => _items ??= await ReadAsync(ct);

        private async Task<ImmutableArray<ConfigurationItem>> ReadAsync(CancellationToken ct)
        {
            var items = ImmutableArray.CreateBuilder<ConfigurationItem>();
            try
            {
                await AddAsync(items, ct);
            }
            catch (UnreadableItemException)
            {
                // What is older than an item that cannot be read may be another resource's: what is newer counts.
            }

            return items.ToImmutable();
        }

        private async Task AddAsync(ImmutableArray<ConfigurationItem>.Builder items, CancellationToken ct)
        {
            await foreach (
                var text in config.ItemsAsync(resource.Account, resource.Region, resource.Type, resource.Id, clock.GetUtcNow() - age, ct))
            {
                var item = ConfigurationItemReader.Read(text);
                if (item.Status is ItemStatus.Deleted || (items.Count > 0 && items[0].Identity.DifferenceFrom(item.Identity) is not null))
                {
                    break;
                }

                if (item.Status is ItemStatus.Recorded)
                {
                    items.Add(item);
                }
            }
        }
    }
}
