using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Emulation;

/// <summary>The names of the members that AWS Config records of a type, as paths.</summary>
/// <remarks>
/// Recorded/members.txt: a type, then its paths in indented lines; a second list for a type comes from items that are not available here.
/// </remarks>
internal static class RecordedMembers
{
    private const string Elsewhere = " elsewhere";

    private const string Damaged = "ensomeones";

    /// <summary>The names below these are the user's: of tags, of statements, of notifications.</summary>
    private static readonly string[] Free =
        ["tags", "Tags", "variables", "Policy", "policyText", "RepositoryPolicyText", "LifecyclePolicy", "configurations"];

    /// <summary>The members of this object have the user's names of the rules.</summary>
    private const string ByName = ".BucketReplicationConfiguration.rules";

    private static readonly string[] Parts = ["configuration", "supplementaryConfiguration"];

    private static readonly ImmutableArray<(string Heading, ImmutableArray<string> Paths)> Sections = [.. Read()];

    /// <summary>The types of the file.</summary>
    public static IEnumerable<string> Types => Sections.Select(s => s.Heading.Replace(Elsewhere, "", StringComparison.Ordinal)).Distinct();

    /// <summary>The paths in real items that are available here.</summary>
    public static ImmutableHashSet<string> OfRealItems(string type) => Section(type);

    public static ImmutableHashSet<string> Known(string type) => Section(type).Union(Section(type + Elsewhere));

    public static ImmutableHashSet<string> KnownElsewhere(string type) => Section(type + Elsewhere);

    /// <summary>The paths of an item in any format.</summary>
    public static ImmutableHashSet<string> Of(JsonElement item) => [.. Parts.SelectMany(part => Walk(item.Member(part), part))];

    /// <summary>The paths of the real items of each type if their folder is available, otherwise null.</summary>
    public static ILookup<string, JsonElement>? RealItems()
    {
        if (Environment.GetEnvironmentVariable("REMEDIATOR_CONFIG_ITEMS") is not { Length: > 0 } folder)
        {
            return null;
        }

        // Making the items anonymous replaced a word, also inside other words.
        var text = File.ReadAllText(Path.Combine(folder, "items.json")).Replace(Damaged, "entries", StringComparison.Ordinal);
        return Json.Parse(text).EnumerateArray()
            .Select(i => i.Member("item"))
            .ToLookup(i => i.TextOf("resourceType") ?? "", StringComparer.Ordinal);
    }

    private static ImmutableHashSet<string> Section(string heading) =>
        [.. Sections.Where(s => s.Heading == heading).SelectMany(s => s.Paths)];

    private static IEnumerable<(string, ImmutableArray<string>)> Read()
    {
        var lines = File.ReadLines(Repository.At("test", "Remediator.EndToEnd.Tests", "Emulation", "Recorded", "members.txt"))
            .Where(line => !line.StartsWith('#'));
        var heading = "";
        foreach (var line in lines)
        {
            heading = line.StartsWith(' ') ? heading : line;
            yield return (heading, [.. line == heading ? [] : line.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        }
    }

    private static IEnumerable<string> Walk(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(m => Walk(m, $"{path}.{NameOf(m, path)}")),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(i => Walk(i, path)),
        JsonValueKind.String when value.GetString() is ['{' or '[' or '"', ..] text && Inside(text) is { } inside => Walk(inside, path),
        _ => [],
    };

    private static string NameOf(JsonProperty member, string path) => path.EndsWith(ByName, StringComparison.Ordinal) ? "*" : member.Name;

    private static IEnumerable<string> Walk(JsonProperty member, string path) =>
        Free.Contains(member.Name) ? [path] : Walk(member.Value, path).Prepend(path);

    private static JsonElement? Inside(string text)
    {
        try
        {
            return Json.Parse(text);
        }
        catch (JsonException)
        {
            // A text that only looks like JSON.
            return null;
        }
    }
}
