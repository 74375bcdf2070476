using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>A type of an API: a structure, a collection or a scalar.</summary>
public sealed class Shape
{
    private const int LongestName = 128;
    private static readonly OrderedDictionary<string, Member> NoMembers = [];
    private readonly OrderedDictionary<string, Member> members;
    private Dictionary<string, Member>? byWireName;
    private Dictionary<string, Member>? byName;
    private bool? hasEventStream;

    internal Shape(ServiceModel model, string name, JsonElement text)
    {
        Name = name;
        Type = ReadType(text.Text("type"));
        Traits = Traits.Read(text);
        members = ReadMembers(model, text);
        Element = ReadPart(model, text, "member");
        Key = ReadPart(model, text, "key");
        Value = ReadPart(model, text, "value");
        Required = text.Texts("required");
        Enum = text.Texts("enum");
        Min = text.Number("min");
        Max = text.Number("max");
        IsUnion = text.Flag("union");
        IsDocument = text.Flag("document");
        IsSparse = text.Flag("sparse");
        IsEventStream = text.Flag("eventstream");
        Payload = text.Text("payload");
        ErrorCode = text.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? error.Text("code") : null;
        IsError = text.Flag("exception");
        Retryable = text.Has("retryable");
        Throttling = Retryable && text.GetProperty("retryable").ValueKind == JsonValueKind.Object
            && text.GetProperty("retryable").Flag("throttling");
    }

    public string Name { get; }

    public ShapeType Type { get; }

    /// <summary>The members of a structure, in the model's order; none for other types.</summary>
    public IReadOnlyDictionary<string, Member> Members => members;

    /// <summary>The names of the required members.</summary>
    public IReadOnlyList<string> Required { get; }

    /// <summary>The items of a list.</summary>
    public Member? Element { get; }

    /// <summary>The keys of a map.</summary>
    public Member? Key { get; }

    /// <summary>The values of a map.</summary>
    public Member? Value { get; }

    /// <summary>The values that the model lists for a string; the service may have more by now.</summary>
    public IReadOnlyList<string> Enum { get; }

    /// <summary>The minimum length, count or value.</summary>
    public double? Min { get; }

    /// <summary>The maximum length, count or value.</summary>
    public double? Max { get; }

    /// <summary>A union: a structure that holds exactly one of its members.</summary>
    public bool IsUnion { get; }

    /// <summary>A document type: any JSON.</summary>
    public bool IsDocument { get; }

    internal bool IsSparse { get; }

    internal bool IsEventStream { get; }

    /// <summary>Whether a member of the structure is one.</summary>
    internal bool HasEventStream => hasEventStream ??= Members.Values.Any(member => member.Shape.IsEventStream);

    internal string? Payload { get; }

    internal string? ErrorCode { get; }

    internal bool IsError { get; }

    internal bool Retryable { get; }

    internal bool Throttling { get; }

    internal Traits Traits { get; }

    /// <summary>The members that decide the endpoint.</summary>
    internal IReadOnlyList<Member> ContextMembers =>
        field ??= [.. members.Values.Where(member => member.Reference.ContextParam is not null)];

    /// <summary>The members that are part of the path.</summary>
    internal IReadOnlyList<Member> UriMembers => field ??= [.. members.Values.Where(member => member.Reference.Location == Location.Uri)];

    /// <summary>The members that get a new token if the input leaves them out.</summary>
    internal IReadOnlyList<Member> TokenMembers => field ??= [.. members.Values.Where(member => member.IsIdempotencyToken)];

    /// <summary>The member with that name on the wire, if any.</summary>
    internal Member? ByWireName(ReadOnlySpan<char> wireName)
    {
        byWireName ??= IndexWireNames();
        return byWireName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(wireName, out var member) ? member : null;
    }

    /// <summary>The member with that name in input and output, if any.</summary>
    internal Member? ByName(JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        if (raw.Length > LongestName || raw.Contains((byte)'\\'))
        {
            return members.GetValueOrDefault(property.Name);
        }

        byName ??= new Dictionary<string, Member>(members, StringComparer.Ordinal);
        Span<char> name = stackalloc char[LongestName];
        var length = Encoding.UTF8.GetChars(raw, name);
        return byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[..length], out var member) ? member : null;
    }

    private Dictionary<string, Member> IndexWireNames()
    {
        var index = new Dictionary<string, Member>(members.Count, StringComparer.Ordinal);
        foreach (var member in members.Values)
        {
            // Names such as xsi:type are compared by their local part.
            index.TryAdd(member.WireName[(member.WireName.LastIndexOf(':') + 1)..], member);
        }

        return index;
    }

    private static OrderedDictionary<string, Member> ReadMembers(ServiceModel model, JsonElement text)
    {
        if (!text.TryGetProperty("members", out var references))
        {
            return NoMembers;
        }

        var members = new OrderedDictionary<string, Member>(StringComparer.Ordinal);
        foreach (var reference in references.EnumerateObject())
        {
            var target = reference.Value.Text("shape") ?? "";
            members.Add(reference.Name, new Member(model, reference.Name, target, Traits.Read(reference.Value), members.Count));
        }

        return members;
    }

    private static Member? ReadPart(ServiceModel model, JsonElement text, string part) =>
        text.TryGetProperty(part, out var reference) && reference.Text("shape") is { } target
            ? new Member(model, part, target, Traits.Read(reference))
            : null;

    private static ShapeType ReadType(string? type) => type switch
    {
        "structure" => ShapeType.Structure,
        "list" => ShapeType.List,
        "map" => ShapeType.Map,
        "boolean" => ShapeType.Boolean,
        "integer" or "short" or "byte" or "intEnum" => ShapeType.Integer,
        "long" or "bigInteger" => ShapeType.Long,
        "float" => ShapeType.Float,
        "double" or "bigDecimal" => ShapeType.Double,
        "blob" => ShapeType.Blob,
        "timestamp" => ShapeType.Timestamp,
        _ => ShapeType.String,
    };
}
