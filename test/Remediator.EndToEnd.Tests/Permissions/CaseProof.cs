using Remediator.Authoring.Permissions;
using Remediator.Aws.Permissions;
using Remediator.Emulator.Cases;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.Incidents;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>
/// One case with IAM on: with its playbook's derived permissions it is fixed, or rolled back, and undone; without one action it fails
/// without a change, or with one that is told.
/// </summary>
internal sealed class CaseProof(PlaybookCase @case, EmulatorPolicy policy, Emulated emulated)
{
    private Scene? _scene;

    /// <summary>Failures, each with the case.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>
    /// Actions that were removed one at a time; each time nothing was changed, or that is told, and a notice named the missing action.
    /// </summary>
    public HashSet<string> Removed { get; } = [];

    /// <summary>The actions of the operations that the case calls.</summary>
    public HashSet<string> Needed { get; } = [];

    /// <summary>The actions whose resource pattern matches an ARN of the case.</summary>
    public HashSet<string> HeldLimits { get; } = [];

    /// <param name="isToRemove">Selects the needed actions that are removed one at a time.</param>
    public async Task RunAsync(Func<string, bool> isToRemove)
    {
        var scene = _scene = await Scene.SetAsync(@case, emulated);
        await scene.GrantAsync(policy, without: null);
        var outcome = await scene.EventAsync();
        if (Scene.Made(outcome) is not { } incident)
        {
            Problems.Add($"{@case.Name}: with all that is derived: {Story(outcome)}");
            return;
        }

        var calledForFix = scene.Called();
        var forFix = ActionsOf(calledForFix);
        var undone = await scene.UndoAsync(incident);
        var isRefused = @case.Undo is CaseUndo.None && undone is Outcome.Escalated { Incident.Reason: Reason.Unsupported };
        if (undone is not Outcome.Undone && !isRefused)
        {
            Problems.Add($"{@case.Name}: undo with all that is derived: {Story(undone)}");
            return;
        }

        var calledForUndo = scene.Called();
        Needed.UnionWith(forFix);
        if (!isRefused)
        {
            // What is read for the notice of a refused undo keeps nothing from being done.
            Needed.UnionWith(ActionsOf(calledForUndo));
        }

        HoldLimits([.. calledForFix, .. calledForUndo], scene.Arns);
        if (@case.Undo is not CaseUndo.Exact)
        {
            _scene = null;
        }

        // What a person is shown who agrees to a containment is said to be missing, and keeps nothing from being done.
        var removed = Needed.Where(a => isToRemove(a) && (@case.Ends is CaseEnd.Fixed || policy.Provable.Contains(a)));
        foreach (var action in removed.Order(StringComparer.Ordinal))
        {
            await RemoveAsync(action, forFix.Contains(action));
        }
    }

    private void HoldLimits(string[] operations, IReadOnlyCollection<string> arns)
    {
        HeldLimits.UnionWith(Scopes.Held(operations, arns));
        Problems.AddRange(Scopes.Missed(operations, arns).Select(missed => $"{@case.Name}: {missed}"));
    }

    private async Task RemoveAsync(string action, bool isForFix)
    {
        var scene = _scene ??= await Scene.SetAsync(@case, emulated);
        await scene.GrantAsync(policy, action);
        var drifted = await scene.StateAsync();
        var outcome = await scene.EventAsync();
        if (!isForFix && Scene.Made(outcome) is { } incident)
        {
            _scene = null;
            Judge(action, await scene.UndoAsync(incident), scene);
            return;
        }

        var now = await scene.StateAsync();
        // One denied call changes nothing; after more than one, the next removal gets a new resource.
        _scene = scene.Changes > 1 || now != drifted ? null : scene;
        if (now != drifted && @case.Undo is CaseUndo.Exact && !IsToldHalfWay(outcome, scene))
        {
            Problems.Add($"{@case.Name}: without {action} it reads {now}, and before {drifted}");
            return;
        }

        Judge(action, outcome, scene);
    }

    /// <summary>
    /// A list goes back item by item, and the calls that take items away and bring them back serve both ways: without one of the two a
    /// rollback that began can be neither ended nor put back. A person hears that.
    /// </summary>
    private bool IsToldHalfWay(Outcome outcome, Scene scene) =>
        @case.History is not null
        && outcome is Outcome.Escalated(var incident)
        && InPlaceWords.Of(incident) is InPlace.PartlyBack
        && scene.Notices.All(n => n.ByProtocol["default"].Contains(InPlace.PartlyBack.Words(), StringComparison.Ordinal));

    private void Judge(string action, Outcome outcome, Scene scene)
    {
        if (outcome is Outcome.Escalated({ Reason: Reason.NotPermitted } incident)
            && incident.Detail!.Contains(action, StringComparison.Ordinal)
            && scene.Notices.ToArray() is [var notice]
            && notice.ByProtocol["default"].Contains(action, StringComparison.Ordinal))
        {
            Removed.Add(action);
        }
        else
        {
            Problems.Add($"{@case.Name}: without {action}: {scene.Notices.Count()} notices, {Story(outcome)}");
        }
    }

    private static HashSet<string> ActionsOf(IEnumerable<string> operations) =>
        operations.SelectMany(o => Actions.Of(o) ?? []).Select(a => a.Action).ToHashSet(StringComparer.Ordinal);

    private static string Story(Outcome outcome) => outcome switch
    {
        Outcome.Escalated(var i) => $"escalated: {i.Reason} {i.Detail}",
        Outcome.Pending(var i) => $"pending: {i.Entries.LastOrDefault()?.What}",
        _ => $"{outcome}",
    };
}
