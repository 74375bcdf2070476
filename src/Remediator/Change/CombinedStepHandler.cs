using Remediator.Aws;
using Remediator.Change.Recorded;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Change;

/// <summary>A step among those of other playbooks: it sees the resource and the parameters as its own playbook does.</summary>
internal sealed class CombinedStepHandler(string playbook, IStepHandler inner) : IStepHandler
{
    public Step Step => inner.Step;

    public Task<Reading> ReadAsync(Scope scope, IAws aws, CancellationToken ct) => inner.ReadAsync(Own(scope), aws, ct);

    public StepChange? Plan(Scope scope, Reading reading) => inner.Plan(Own(scope), reading);

    public RecordedStep PlanRecorded(Scope scope, Reading reading, RecordedValues recorded) =>
        inner.PlanRecorded(Own(scope), reading, recorded);

    public ResumeStep Resume(Scope scope, Reading reading, StepPlan planned) => inner.Resume(Own(scope), reading, planned);

    public UndoStep Undo(Scope scope, Reading reading, StepPlan done, bool force) => inner.Undo(Own(scope), reading, done, force);

    private Scope Own(Scope scope) => CombinedPlaybook.ScopeOf(scope, playbook);
}
