using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Change;

/// <summary>Gives the procedures of a playbook's steps.</summary>
internal static class Procedures
{
    public static ImmutableArray<IProcedure> Of(Playbook playbook) => [.. playbook.Steps.Select(IProcedure (s) => Of(s))];

    public static IProcedure Of(Playbook playbook, string step) => Of(playbook.Steps.Single(s => s.Name == step));

    private static DeclaredProcedure Of(Step step) => new(step, step.Procedure is { } name ? NamedProcedures.All[name] : null);
}
