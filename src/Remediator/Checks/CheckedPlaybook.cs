using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Checks;

/// <summary>A playbook under check, with what the checks share.</summary>
internal sealed class CheckedPlaybook(Playbook playbook, string file)
{
    public Playbook Playbook => playbook;

    public string File => file;

    public Places Places { get; } = new(file, playbook.Source);

    public ScopeForms Scopes { get; } = new(playbook);

    public ImmutableArray<Site> Sites { get; } = Site.Of(playbook);
}
