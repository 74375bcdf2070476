using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Change;

/// <summary>Gives the procedures of a playbook's steps.</summary>
internal static class Procedures
{
    public static ImmutableArray<IProcedure> Of(Playbook playbook) => [.. playbook.Steps.Select(Of)];

    public static IProcedure Of(Playbook playbook, string step) => Of(playbook.Steps.Single(s => s.Name == step));

    private static IProcedure Of(Step step) => new DeclaredProcedure(step);
}
