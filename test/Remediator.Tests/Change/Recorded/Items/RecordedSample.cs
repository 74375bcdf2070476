using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Change.Recorded;
using Remediator.Tests.Authoring.Checks;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded.Items;

/// <summary>
/// A configuration item in AWS Config's format, and the state of a setting that follows from it: the files in <c>Samples</c>.
/// </summary>
public sealed record RecordedSample(string Setting, JsonElement Item, JsonElement State)
{
    private static readonly string Folder = Repository.PathOf("test", "Remediator.Tests", "Change", "Recorded", "Items", "Samples");

    public static ImmutableArray<RecordedSample> All { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal)
            .SelectMany(file => Json.Parse(File.ReadAllText(file)).EnumerateArray())
            .Select(entry => new RecordedSample(entry.TextOf("setting")!, entry.Member("item"), entry.Member("state"))),
    ];

    internal ConfigurationItem Read() => ConfigurationItemReader.Read(Item);

    public override string ToString() => $"{Setting} {Item.TextOf("configurationStateId")}";
}
