using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>The journal's table: which item holds what.</summary>
/// <remarks>
/// <code>
/// pk                        sk        holds
/// incident#{key}            current   the newest incident of one rule and resource
/// id#{id}                   id        the key of an open incident; a closed incident, whole
/// resource#{resource}       lease     who may change the resource, until when
/// budget#{name}#{window}    count     changes made in a window; of a large budget its first part, and #{part} before the window's end
/// ended#{day}#{0-7}         {id}      an ended incident in short, by the day on which it was opened (DynamoDigests)
/// rule#{rule}#{0-7}         {id}      an incident with a change of ours in short, by its rule
/// control#stop              control   that all changes are stopped, and why
/// control#bookmark#{name}   control   where a bounded piece of work stopped
/// rollout#{id}#{0-7}        {id}      an incident of a rising rollout in short, where something was changed or somebody was called
/// control#rollouts          control   how far the rising rollouts of the policy are
/// control#orders            control   how often orders of people were given or ended
/// orders                    {id}      an order in force
/// orders#ended              {time}    an order that is over
/// </code>
/// An incident is packed in <c>detail</c>, whole. The plain attributes say parts of it again, to be searched and read by people, and are
/// written anew with it: nothing is known from them alone. <c>mac</c> seals an incident, an order or the rollouts (<see cref="ItemSeal"/>).
/// </remarks>
internal static class DynamoItems
{
    /// <summary>
    /// The partitions of the index: what is urgent by itself, so that no backlog stands before it, and each in parts, so that a storm
    /// does not meet in one. The last one has what earlier versions wrote.
    /// </summary>
    public static ImmutableArray<string> Partitions { get; } =
        [.. Enumerable.Range(0, Parts).Select(n => $"urgent#{n}"), .. Enumerable.Range(0, Parts).Select(n => $"open#{n}"), "open"];

    public const string Orders = "orders";

    public const string EndedOrders = "orders#ended";

    private const int Parts = 8;

    public static Dictionary<string, AttributeValue> StopKey => Key("control#stop", "control");

    public static Dictionary<string, AttributeValue> BookmarkKey(string name) => Key($"control#bookmark#{name}", "control");

    public static Dictionary<string, AttributeValue> RolloutsKey => Key("control#rollouts", "control");

    public static Dictionary<string, AttributeValue> OrdersKey => Key("control#orders", "control");

    public static Dictionary<string, AttributeValue> OrderKey(string id) => Key(Orders, id);

    public static Dictionary<string, AttributeValue> EndedOrderKey(string id, DateTimeOffset ended) =>
        Key(EndedOrders, $"{Time(ended)}#{id}");

    public static Dictionary<string, AttributeValue> CurrentKey(string incidentKey) => Key($"incident#{incidentKey}", "current");

    public static Dictionary<string, AttributeValue> IdKey(string id) => Key($"id#{id}", "id");

    public static Dictionary<string, AttributeValue> LeaseKey(ResourceKey r) =>
        Key($"resource#{r.Account}|{r.Region}|{r.Type}|{r.Id}", "lease");

    public static Dictionary<string, AttributeValue> BudgetKey(Budget budget) =>
        Key($"budget#{budget.Name}{(budget.Part is 0 ? "" : $"#{budget.Part}")}#{Time(budget.WindowEnds)}", "count");

    public static Dictionary<string, AttributeValue> Current(Incident incident, TimeSpan retention) =>
        With(CurrentKey(incident.Key), Attributes(incident, retention));

    public static Dictionary<string, AttributeValue> Archived(Incident incident, TimeSpan retention)
    {
        var item = With(IdKey(incident.Id), Attributes(incident, retention));
        item["incidentKey"] = new(incident.Key);
        return item;
    }

    public static Dictionary<string, AttributeValue> IdOnly(Incident incident) =>
        With(IdKey(incident.Id), new() { ["incidentKey"] = new(incident.Key) });

    public static Dictionary<string, AttributeValue> LeaseItem(Incident incident, Lease lease) => With(LeaseKey(incident.Resource), new()
    {
        ["token"] = new(lease.Token),
        ["until"] = new(Time(lease.Until)),
        ["incident"] = new(incident.Id),
        ["expires"] = Number(lease.Until.AddDays(1).ToUnixTimeSeconds()),
    });

    /// <exception cref="UnreadableIncidentException">The item holds no incident that this version understands.</exception>
    public static Incident Incident(Dictionary<string, AttributeValue> item)
    {
        try
        {
            var detail = item.GetValueOrDefault("detail")?.B ?? throw new InvalidDataException("it has no detail.");
            detail.Position = 0;
            return JournalJson.Unpack(detail);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new UnreadableIncidentException([NameOf(item)], e);
        }
    }

    /// <summary>What an item that cannot be read is called by.</summary>
    public static string NameOf(Dictionary<string, AttributeValue> item) =>
        item.TryGetValue("id", out var id) && id.S is { } name ? name : item["pk"].S;

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>A time as text that sorts as time does.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static Dictionary<string, AttributeValue> Attributes(Incident incident, TimeSpan retention)
    {
        var item = new Dictionary<string, AttributeValue>
        {
            ["v"] = Number(Incidents.Incident.CurrentShape),
            ["id"] = new(incident.Id),
            ["state"] = new(incident.State.StoredName()),
            ["version"] = Number(incident.Version),
            ["recordedAt"] = new(Time(incident.Origin.RecordedAt)),
            ["changedAt"] = new(Time(incident.ChangedAt)),
            ["account"] = new(incident.Resource.Account),
            ["region"] = new(incident.Resource.Region),
            ["resourceType"] = new(incident.Resource.Type),
            ["resourceId"] = new(incident.Resource.Id),
            ["rule"] = new(incident.Rule.Name),
            ["detail"] = new() { B = new MemoryStream(JournalJson.Pack(incident, JournalJson.MostBytes)) },
        };
        if (incident.State is IncidentState.Closed)
        {
            item["expires"] = Number((incident.ChangedAt + retention).ToUnixTimeSeconds());
        }
        else if (incident.Due is { } due)
        {
            item["open"] = new($"{(Transitions.IsUrgent(incident) ? "urgent" : "open")}#{PartOf(incident.Id)}");
            item["due"] = new(Time(due));
        }

        return item;
    }

    public static bool IsUrgent(string partition) => partition.StartsWith("urgent#", StringComparison.Ordinal);

    /// <summary>An id ends with letters of a hash.</summary>
    private static int PartOf(string id) => id[^1] % Parts;

    private static Dictionary<string, AttributeValue> Key(string pk, string sk) => new() { ["pk"] = new(pk), ["sk"] = new(sk) };

    private static Dictionary<string, AttributeValue> With(
        Dictionary<string, AttributeValue> key,
        Dictionary<string, AttributeValue> rest
    ) => key.Concat(rest).ToDictionary(StringComparer.Ordinal);
}
