using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Remediator.Record;

namespace Remediator.Tests.Record;

/// <summary>What the journal stores, from the serializer's metadata: every record and enum that belongs to an incident.</summary>
internal static class StoredShapes
{
    private static readonly JsonTypeInfo Incident = JournalJson.Default.Incident;

    /// <summary>An incident with a value in every stored member, at any depth.</summary>
    public static JsonObject Whole()
    {
        var whole = Object(Incident);
        whole["v"] = Remediator.Incidents.Incident.CurrentShape;
        return whole;
    }

    /// <summary>Every place in a complete incident that holds a record.</summary>
    public static IEnumerable<(Type Type, string Path)> Records =>
        Walk("$", Incident).Where(p => p.Info.Kind is JsonTypeInfoKind.Object).Select(p => (p.Info.Type, p.Path));

    /// <summary>Every place in a complete incident that holds an enum.</summary>
    public static IEnumerable<(Type Type, string Path)> Enums =>
        Walk("$", Incident).Where(p => p.Info.Type.IsEnum).Select(p => (p.Info.Type, p.Path));

    /// <summary>The node at one of these paths.</summary>
    public static JsonNode At(JsonNode root, string path) => path.Split('.').Skip(1).Aggregate(
        root, (node, step) => (step == "0" ? node[0] : node[step]) ?? throw new InvalidOperationException($"Nothing at {path}."));

    private static IEnumerable<(JsonTypeInfo Info, string Path)> Walk(string path, JsonTypeInfo info)
    {
        yield return (info, path);
        var inside = info.Kind switch
        {
            JsonTypeInfoKind.Object => Stored(info).SelectMany(p => Walk($"{path}.{p.Name}", Info(p.PropertyType))),
            JsonTypeInfoKind.Enumerable => Walk($"{path}.0", Info(info.ElementType!)),
            _ => [],
        };
        foreach (var place in inside)
        {
            yield return place;
        }
    }

    private static JsonObject Object(JsonTypeInfo info)
    {
        var node = new JsonObject();
        foreach (var property in Stored(info))
        {
            node[property.Name] = Value(Info(property.PropertyType));
        }

        return node;
    }

    private static JsonNode Value(JsonTypeInfo info) => info switch
    {
        { Kind: JsonTypeInfoKind.Object } => Object(info),
        { Kind: JsonTypeInfoKind.Enumerable } => new JsonArray(Value(Info(info.ElementType!))),
        { Type.IsEnum: true } => Enum.GetNames(info.Type)[^1],
        { Type: var t } when t == typeof(string) => "text",
        { Type: var t } when t == typeof(bool) => true,
        { Type: var t } when t == typeof(int) => 3,
        { Type: var t } when t == typeof(TimeSpan) => "01:00:00",
        { Type: var t } when t == typeof(DateTimeOffset) => "2026-10-02T07:04:00+00:00",
        { Type: var t } when t == typeof(JsonElement) => new JsonObject { ["some"] = 1 },
        _ => throw new NotSupportedException($"No example of {info.Type}."),
    };

    private static IEnumerable<JsonPropertyInfo> Stored(JsonTypeInfo info) =>
        info.Properties.Where(p => p is { Get: not null, Set: not null, IsExtensionData: false } || IsOfConstructor(p));

    private static bool IsOfConstructor(JsonPropertyInfo property) => property is { Get: not null, AssociatedParameter: not null };

    private static JsonTypeInfo Info(Type type) => JournalJson.Default.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type)
        ?? throw new InvalidOperationException($"{type} is not of the journal.");
}
