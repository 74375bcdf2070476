using System.Collections.Immutable;
using Remediator.Change.Registered;
using Remediator.Playbooks;

namespace Remediator.Change;

/// <summary>Gives the handlers of a playbook's steps.</summary>
internal static class StepHandlers
{
    public static ImmutableArray<IStepHandler> Of(Playbook playbook) => [.. playbook.Steps.Select(IStepHandler (s) => Of(s))];

    public static IStepHandler Of(Playbook playbook, string step) => Of(playbook.Steps.Single(s => s.Name == step));

    private static IStepHandler Of(Step step)
    {
        var declared = new DeclaredStepHandler(step, step.Procedure is { } name ? Procedures.All.GetValueOrDefault(name)?.Wanted : null);
        IStepHandler handler = step.Registered is { } type ? new RegisteredStepHandler(type, declared) : declared;
        return step.Of.Length == 0 ? handler : new CombinedStepHandler(step.Of, handler);
    }
}
