using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>A playbook under test, with what the checks share.</summary>
internal sealed class CheckedPlaybook(Playbook playbook, string file)
{
    public Playbook Playbook => playbook;

    public string File => file;

    /// <summary>The guide that reads this; null for a playbook.</summary>
    public Guide? Guide { get; init; }

    public YamlPositions YamlPositions => field ??= new(file, playbook.Source);

    public ScopeTypes Scopes => field ??= new(playbook);

    public ImmutableArray<CallSite> Sites => field.IsDefault ? field = CallSite.Of(playbook) : field;
}
