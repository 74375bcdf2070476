using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Emulator.Cases;

/// <summary>One case with one rule, in a separate account: drifted, fixed, unchanged by a second event, undone.</summary>
internal sealed class CaseRun
{
    private const string Region = "us-east-1";

    private readonly PlaybookCase _case;
    private readonly PlaybookLibrary _library;
    private readonly CaseReads _reads;
    private readonly Stage _stage;
    private readonly Stage _asking;
    private readonly ResourceKey _resource;
    private int _told;
    private int _asked;

    private CaseRun(PlaybookCase @case, PlaybookLibrary library, CaseReads reads, Func<Mode, Stage> stage, ResourceKey resource) =>
        (_case, _library, _reads, _stage, _asking, _resource) =
            (@case, library, reads, stage(Mode.Auto), stage(Mode.Approve), resource);

    /// <param name="playbooks">The folder of the playbooks, with their index.</param>
    public static async Task<CaseResult> RunAsync(
        PlaybookCase @case, string rule, CaseEmulator emulator, string playbooks, CancellationToken ct)
    {
        var steps = ImmutableArray.CreateBuilder<CaseStep>();
        try
        {
            await foreach (var step in StepsAsync(@case, rule, emulator, playbooks, ct))
            {
                steps.Add(step);
                if (!step.Holds)
                {
                    break;
                }
            }
        }
        catch (Exception fault) when (fault is AwsException or AwsInputException or ExpressionException)
        {
            var after = steps is [] ? "While the case's 'seed' makes the resource" : $"After the step '{steps[^1].Name}'";
            steps.Add(new("call", Holds: false, $"{after}: {fault.Message}"));
        }

        return new(@case.Name, rule, steps.ToImmutable());
    }

    /// <summary>Makes the drifted resource; the result has what the case took from the outputs.</summary>
    public static async Task<Scope> SeedAsync(PlaybookCase @case, IAws aws, string account, CancellationToken ct)
    {
        var scope = Scope.Empty.With("account", Json.Parse($$"""{"id":"{{account}}","region":"{{Region}}","partition":"aws"}"""));
        foreach (var query in @case.Seed)
        {
            var made = await Reader.ReadAsync(query, scope, aws, ct);
            scope = query.Name.Length == 0 ? scope : scope.With(query.Name, made.State);
        }

        return scope;
    }

    /// <summary>AWS Config's rule in the case's account.</summary>
    public static ConfigRule RuleOf(PlaybookCase @case, string rule, Scope scope, string account) => new(
        "case", $"arn:aws:config:{Region}:{account}:config-rule/config-rule-case", "AWS", rule, @case.RuleParameters.Render(scope));

    /// <summary>The playbook that the policy has to name for the case; null where it answers the rule by itself.</summary>
    public static string? NamedFor(PlaybookCase @case, PlaybookLibrary library) =>
        @case.Ends is not CaseEnd.Helps && library.Load(@case.Playbook).Containment is not null ? @case.Playbook : null;

    private static async IAsyncEnumerable<CaseStep> StepsAsync(
        PlaybookCase @case, string rule, CaseEmulator emulator, string playbooks, [EnumeratorCancellation] CancellationToken ct)
    {
        var account = emulator.NewAccount();
        await emulator.StandInAsync(@case, account);
        var aws = emulator.Accounts.For(account, Region);
        var scope = await SeedAsync(@case, aws, account, ct);
        var resource = new ResourceKey(account, Region, @case.ResourceType, @case.ResourceId.Render(scope).GetString()!);
        var recording = await CaseRecording.MakeAsync(@case, emulator.Moto.Layer, resource, scope, ct);
        var run = new CaseRun(
            @case, new(playbooks), new(@case, aws, scope),
            mode => new Stage(
                emulator.Accounts,
                RuleOf(@case, rule, scope, account),
                @case.PolicyParameters.Render(scope),
                new LaterClock(),
                mode,
                playbooks,
                recording,
                NamedFor(@case, new(playbooks))),
            resource);
        await foreach (var step in @case.Changes ? run.FixedAsync(ct) : run.UnchangedAsync())
        {
            yield return step;
        }

        // A contradiction between rule and policy is rejected before any call to AWS.
        if (@case.Ends is not CaseEnd.Refuses && (@case.StandIn is not null) != (emulator.StandIns.Answered(account) > 0))
        {
            yield return new("stand-in", Holds: false, "The case has a stand-in, and no call reached it.");
        }
    }

    private async IAsyncEnumerable<CaseStep> FixedAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var unrelated = await _reads.UnrelatedAsync(ct);
        var drifted = await _reads.ChecksAsync(ct);
        var isDrifted = _case.Checks is [] || !_reads.Hold(drifted);
        yield return new(
            "drift", isDrifted, $"The case's own check reads {CaseReads.Show(drifted)}{(isDrifted ? "" : ": nothing drifts")}");
        if (await CaseEvidence.StepAsync(_case, _library.Load(_case.Playbook), _reads.Scope, _asking, _resource) is { } evidence)
        {
            yield return evidence;
        }

        var outcome = await _stage.EventAsync(_resource);
        if ((_case.History is not null || IsContainment) && outcome is Outcome.AwaitingApproval)
        {
            _asked = IsContainment ? 2 : 1;
            yield return Quiet("asks", holds: true, $"A person is asked, and agrees: {Story(outcome)}");
            outcome = await _stage.ApproveAsync(outcome.About!, "tester");
        }

        yield return Step("fix", IsOurs(outcome), Story(outcome)) with
        {
            Plan = outcome.About?.Plan,
        };
        var incident = outcome.About!;
        var right = await _reads.ChecksAsync(ct);
        yield return new("check", _reads.Hold(right), $"The case's own check reads {CaseReads.Show(right)}");
        yield return Neighbours("neighbours", unrelated, await _reads.UnrelatedAsync(ct));

        yield return await RepeatAsync(incident);
        await foreach (var step in _case.Undo is CaseUndo.None ? NoWayBackAsync(incident) : UndoAsync(incident, drifted, unrelated, ct))
        {
            yield return step;
        }
    }

    private bool IsContainment => _case.Ends is CaseEnd.Contained;

    private bool IsOurs(Outcome outcome) => (IsContainment ? outcome is Outcome.Contained : outcome is Outcome.Fixed)
        && outcome.About is { } made && made.Playbook == _case.Playbook && (made.Change?.Recorded is null) == (_case.History is null);

    private async IAsyncEnumerable<CaseStep> UnchangedAsync()
    {
        var outcome = await _stage.EventAsync(_resource);
        var isAsExpected = _case.Ends switch
        {
            CaseEnd.Asks => outcome is Outcome.AwaitingApproval,
            CaseEnd.Refuses => outcome is Outcome.Escalated { Incident.Reason: Reason.NotConfigured },
            CaseEnd.Unsupported or CaseEnd.Helps => outcome is Outcome.Escalated { Incident.Reason: Reason.Unsupported },
            _ => outcome is Outcome.AlreadyRight,
        };
        yield return Quiet("event", isAsExpected, Story(outcome)) with { Plan = outcome.About?.Plan };
        if (_case.Ends is CaseEnd.Helps)
        {
            yield return CaseHelp.Step(_case, outcome.About, _reads.Scope, _stage.Notices);
        }

        yield return Notices(_case.Ends is CaseEnd.Right ? 0 : 1);
    }

    /// <summary>What was deleted is not found, anything else is right.</summary>
    private async Task<CaseStep> RepeatAsync(Incident incident)
    {
        var again = await _stage.EventAsync(_resource);
        var isQuiet = incident.Plan!.Steps.Any(s => s.Deletes)
            ? again is Outcome.Pending { Incident.Reason: Reason.NotFound }
            : IsContainment ? again is Outcome.Contained : again is Outcome.AlreadyRight;
        return Quiet("repeat", isQuiet, $"A second event, no call: {Story(again)}");
    }

    private async IAsyncEnumerable<CaseStep> NoWayBackAsync(Incident incident)
    {
        var refused = await _stage.UndoAsync(incident);
        yield return Quiet("undo", refused is Outcome.Escalated { Incident.Reason: Reason.Unsupported }, Story(refused));
    }

    private async IAsyncEnumerable<CaseStep> UndoAsync(
        Incident incident, JsonElement[] drifted, JsonElement[] unrelated, [EnumeratorCancellation] CancellationToken ct)
    {
        var outcome = await _stage.UndoAsync(incident);
        yield return Step("undo", outcome is Outcome.Undone { Incident.State: IncidentState.Held }, Story(outcome));
        var back = await _reads.ChecksAsync(ct);
        var isBack = _case.Undo is CaseUndo.Close
            ? _case.Checks is [] || !_reads.Hold(back)
            : CaseReads.AreSame(drifted, back);
        yield return new("back", isBack, $"The case's own check reads {CaseReads.Show(back)}, and before {CaseReads.Show(drifted)}");
        if (_case.Undo is CaseUndo.Exact)
        {
            yield return await StateAsync(incident, ct);
        }

        yield return Neighbours("neighbours-after-undo", unrelated, await _reads.UnrelatedAsync(ct));
        yield return Notices(_asked);
    }

    /// <summary>Everything that the playbook reads is as before, not only the changed members.</summary>
    private async Task<CaseStep> StateAsync(Incident incident, CancellationToken ct)
    {
        var playbook = new IncidentPlaybooks(_library).Of(incident.Change!);
        foreach (var step in incident.Plan!.Steps)
        {
            var procedure = StepHandlers.Of(playbook, step.Step);
            var state = (await procedure.ReadAsync(Scope.From(incident.Change!.Inputs), _reads.Aws, ct)).State;
            if (!new StateComparer(procedure.Step.Ignore).Same(step.Before, state))
            {
                return new("state", Holds: false, $"{step.Step} reads {state} after the undo, and before the fix {step.Before}");
            }
        }

        return new("state", Holds: true, "Everything that the playbook reads is as before the fix");
    }

    private static CaseStep Neighbours(string name, JsonElement[] before, JsonElement[] after) => CaseReads.AreSame(before, after)
        ? new(name, Holds: true, $"What 'unrelated' reads is untouched: {CaseReads.Show(after)}")
        : new(name, Holds: false, $"'unrelated' reads {CaseReads.Show(after)}, and before {CaseReads.Show(before)}");

    private CaseStep Notices(int expected) => new(
        "notices",
        _stage.Notices.Count == expected,
        _stage.Notices.Count == expected
            ? $"{expected} {(expected is 1 ? "person's notice" : "notices")}"
            : $"{_stage.Notices.Count} notices, {expected} expected: {string.Join("; ", _stage.Notices.Select(n => n.Subject))}");

    /// <summary>A step that must change nothing.</summary>
    private CaseStep Quiet(string name, bool holds, string says)
    {
        var step = Step(name, holds, says);
        return step with { Holds = holds && step.Calls is [] };
    }

    /// <summary>A step with the calls since the last one.</summary>
    private CaseStep Step(string name, bool holds, string says)
    {
        ImmutableArray<PlannedCall> calls = [.. _stage.Accounts.Changes.Skip(_told)];
        _told += calls.Length;
        return new(name, holds, says) { Calls = calls };
    }

    private static string Story(Outcome outcome) => outcome.Reason is { Length: > 0 } reason ? $"{outcome.Name}: {reason}" : outcome.Name;
}
