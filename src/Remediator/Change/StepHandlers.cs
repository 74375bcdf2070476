using System.Collections.Immutable;
using Remediator.Change.Registered;
using Remediator.Playbooks;

namespace Remediator.Change;

/// <summary>Gives the procedures of a playbook's steps.</summary>
internal static class StepHandlers
{
    public static ImmutableArray<IStepHandler> Of(Playbook playbook) => [.. playbook.Steps.Select(IStepHandler (s) => Of(s))];

    public static IStepHandler Of(Playbook playbook, string step) => Of(playbook.Steps.Single(s => s.Name == step));

    private static CombinedStepHandler Of(Step step)
    {
        var declared = new DeclaredStepHandler(step, step.Procedure is { } name ? Procedures.All.GetValueOrDefault(name)?.Wanted : null);
        IStepHandler handler = step.Registered is { } type ? new RegisteredStepHandler(type, declared) : declared;

        // A step of one playbook alone has no values of its own, and sees what is known.
        return new(step.Of, handler);
    }
}
