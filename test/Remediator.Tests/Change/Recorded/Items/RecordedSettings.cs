using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Change.Recorded;
using Remediator.Playbooks;
using Remediator.Tests.Authoring.Checks;

namespace Remediator.Tests.Change.Recorded.Items;

/// <summary>A setting of the shipped playbooks with <c>recorded</c>.</summary>
internal sealed record RecordedSetting(Playbook Playbook, Step Step)
{
    public string Name => CombinedPlaybook.NameOf(Playbook, Step);

    public JsonElement Of(ConfigurationItem item) => Step.Recorded!.Evaluate(item.Document, Scope.Empty);
}

internal static class RecordedSettings
{
    public static ImmutableArray<RecordedSetting> All { get; } = Read();

    public static RecordedSetting Named(string name) => All.Single(s => s.Name == name);

    public static IEnumerable<RecordedSetting> Of(string resourceType) => All.Where(s => s.Playbook.Resources.Contains(resourceType));

    private static ImmutableArray<RecordedSetting> Read()
    {
        var folder = Repository.PathOf("playbooks");
        var library = new PlaybookLibrary(folder);
        return
        [
            .. from name in PlaybookLibrary.Names(folder)
               let playbook = library.Load(name)
               from step in playbook.Steps
               where step.Recorded is not null
               select new RecordedSetting(playbook, step),
        ];
    }
}
