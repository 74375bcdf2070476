using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Remediator.Values;

namespace Remediator.Incidents;

/// <summary>What a standing order keeps the service from.</summary>
internal enum OrderKind
{
    /// <summary>What it is about is left alone: nobody is called, and no incident is opened.</summary>
    Exempt,

    /// <summary>What it is about is not changed for a while: findings become incidents that wait until then.</summary>
    Hold,

    /// <summary>What a rule finds is only recorded.</summary>
    Pause,
}

/// <summary>What a person said by command that lasts: an exemption, a hold, a pause. It has an end, and no effect after it.</summary>
internal sealed record StandingOrder : Stored
{
    private const int MostLines = 30;

    /// <summary>Made from what it is about: the same command given twice is one order.</summary>
    public required string Id { get; init; }

    public required OrderKind Kind { get; init; }

    public required OrderMatch Match { get; init; }

    /// <summary>Who gave it, and whether AWS verified that or it is only claimed.</summary>
    public required string By { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>The team that hears of its end.</summary>
    public string Owner { get; init => field = value ?? ""; } = "";

    /// <summary>When a person, or its time, ended it; null while it is in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public ImmutableArray<Entry> Entries { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Who keeps the service from what, until when, and why: one sentence without its stop.</summary>
    [JsonIgnore]
    public string Says => $"{Verb} until {Until:u} by order {Id}, {By}: {Why}";

    /// <summary>What a later version calls its kind keeps the service from a change, as a hold does.</summary>
    [JsonIgnore]
    public bool IsHold => Kind is not OrderKind.Exempt and not OrderKind.Pause;

    private string Verb => Kind switch
    {
        OrderKind.Exempt => "exempt",
        OrderKind.Pause => "paused",
        OrderKind.Hold => "held",
        _ => $"left alone ({Kind.StoredName()}, known only to a later version)",
    };

    public static string IdOf(OrderKind kind, OrderMatch match)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(match.ToString())));
        return $"{kind.StoredName().ToLowerInvariant()}-{hash[..10]}";
    }

    public bool IsInForce(DateTimeOffset now) => EndedAt is null && now < Until;

    /// <summary>The same order with another end, or from another person.</summary>
    public StandingOrder Renewed(StandingOrder next) => next with { Entries = Entries, At = At, Unknown = Unknown };

    public StandingOrder Noted(string what, DateTimeOffset at) => this with
    {
        Entries = [.. Entries.Skip(Entries.Length < MostLines ? 0 : 1), new(at, EntryKind.Person, what)],
    };
}

/// <summary>
/// What an order is about: all the words given must hold, each a pattern with <c>*</c> and <c>?</c>. A word of a later version would make
/// it narrower: without it, more is left alone.
/// </summary>
internal sealed record OrderMatch : Stored
{
    /// <summary>A rule's own name, or a managed rule's identifier.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rule { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Resource { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ResourceType { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Account { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Region { get; init; }

    /// <summary>The words given, as one would write them.</summary>
    [JsonIgnore]
    public IEnumerable<(string Word, string Pattern)> Words => new (string Word, string? Pattern)[]
    {
        ("rule", Rule), ("resource", Resource), ("resource-type", ResourceType), ("account", Account), ("region", Region),
    }.Where(w => w.Pattern is not null).Select(w => (w.Word, w.Pattern!));

    /// <summary>Null where it may be: one that names neither rules nor resources would be about far too much.</summary>
    [JsonIgnore]
    public string? Objection => Words.Any(w => w.Pattern.Length is 0 or > 512 || !PlainText.IsPrintable(w.Pattern))
        ? "A pattern is 1 to 512 characters on one line."
        : !Words.Any(w => w.Word is "rule" or "resource" && w.Pattern.Any(c => c is not '*' and not '?'))
            ? "It would be about everything: name a rule or a resource, as in --match rule=S3_* or --match resource=logs-*."
        : null;

    /// <summary>One rule's finding about one resource.</summary>
    public static OrderMatch Of(Incident incident) => new()
    {
        Rule = Exactly(incident.Resource.Region is ResourceKey.Global
            ? GlobalResources.RuleName(incident.Rule.Name) : incident.Rule.Name),
        Resource = Exactly(incident.Resource.Id),
        ResourceType = Exactly(incident.Resource.Type),
        Account = Exactly(incident.Resource.Account),
        Region = incident.Resource.Region is ResourceKey.Global ? null : Exactly(incident.Resource.Region),
    };

    public override string ToString() => string.Join(' ', Words.Select(w => $"{w.Word}={w.Pattern}"));

    /// <summary>A pattern that is this text and no other.</summary>
    private static string Exactly(string text) => string.Concat(text.Select(c => c is '*' or '?' or '\\' ? $"\\{c}" : c.ToString()));
}

/// <summary>The orders in force, as they were read last.</summary>
/// <param name="Version">Rises with each word that is given or ended.</param>
/// <param name="Items">Those that nobody ended; one whose time is over is still among them until the sweep comes by.</param>
internal sealed record OrderBook(long Version, ImmutableArray<StandingOrder> Items)
{
    public static OrderBook Empty { get; } = new(0, []);

    /// <summary>Items that the service did not write, or that cannot be read: nothing goes by them.</summary>
    public ImmutableArray<string> Unbelieved { get; init; } = [];

    public StandingOrder? Find(string id) => Items.FirstOrDefault(o => o.Id == id);
}

/// <summary>The order that an incident was left to, in words: what the order said at that time.</summary>
internal sealed record OrderRef(string Id, string Says) : Stored;
