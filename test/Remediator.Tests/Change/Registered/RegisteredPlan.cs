using System.Text.Json;
using Remediator.Change;
using Remediator.Change.Recorded;
using Remediator.Change.Registered;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change.Registered;

/// <summary>Plans for a type from models alone: the good, the bad and the live model.</summary>
internal sealed class RegisteredPlan(RegisteredType type)
{
    public static readonly Scope Scope = Scope.Empty
        .With("resource", Json.Parse("""{"type":"AWS::Some::Type","id":"one","identifier":"one"}"""))
        .With("params", Json.EmptyObject);

    private readonly RegisteredStepHandler _handler = new RegisteredStepHandler(type, Declared(type));

    public static RegisteredPlan Of(string type, string facts) => new(RegisteredType.Of(type, Json.Parse(facts)));

    public RecordedStep From(JsonElement good, JsonElement bad, JsonElement live, JsonElement? latest = null) => _handler.PlanRecorded(
        Scope, Read(live), RegisteredItems.Writable(type, new(good, bad, latest ?? bad)));

    public RecordedStep From(string good, string bad, string live) => From(Json.Parse(good), Json.Parse(bad), Json.Parse(live));

    public ResumeStep Resume(StepPlan plan, JsonElement live) => _handler.Resume(Scope, Read(live), plan);

    /// <summary>The patch of the undo; null if nothing is left to undo, or the undo stopped.</summary>
    public JsonElement? Back(StepPlan done, JsonElement live) =>
        _handler.Undo(Scope, Read(live), done, force: false) is UndoStep.Calls(var calls) ? Patch(calls.Single().Planned) : null;

    public static JsonElement Patch(RecordedStep planned) => Patch(Plan(planned).Calls.Single());

    public static StepPlan Plan(RecordedStep planned) => Assert.IsType<RecordedStep.Change>(planned).Planned.Plan;

    public static JsonElement Applied(JsonElement model, JsonElement patch) => PatchDocument.Apply(model, patch.GetRawText());

    private static JsonElement Patch(PlannedCall call) => Json.Parse(call.Input.TextOf("PatchDocument")!);

    private static DeclaredStepHandler Declared(RegisteredType type) => new(RegisteredPlaybook.Of(type).Steps[0]);

    private Reading Read(JsonElement live) => new(Model.Writable(type, live), live);
}
