using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>One case under one rule, in an account of its own: drifted, fixed, left alone the second time, put back.</summary>
internal sealed class CaseRun
{
    private const string Region = "us-east-1";

    private readonly PlaybookCase _case;
    private readonly IAws _aws;
    private readonly Scope _scope;
    private readonly Stage _stage;
    private readonly Stage _asking;
    private readonly ResourceKey _resource;

    private CaseRun(PlaybookCase @case, IAws aws, Scope scope, Func<Mode, Stage> stage, ResourceKey resource) =>
        (_case, _aws, _scope, _stage, _asking, _resource) = (@case, aws, scope, stage(Mode.Auto), stage(Mode.Approve), resource);

    public static async Task RunAsync(PlaybookCase @case, string rule, Emulated emulated)
    {
        var (account, accounts) = (emulated.NewAccount(), emulated.Accounts);
        await emulated.StandInAsync(@case, account);
        var aws = accounts.For(account, Region);
        var scope = await SeedAsync(@case, aws, account);
        var configRule = new ConfigRule(
            "case",
            $"arn:aws:config:{Region}:{account}:config-rule/config-rule-case",
            "AWS",
            rule,
            @case.RuleParameters.Render(scope));
        var parameters = @case.PolicyParameters.Render(scope);
        var resource = new ResourceKey(account, Region, @case.ResourceType, @case.ResourceId.Render(scope).GetString()!);
        await new CaseRun(
            @case,
            aws,
            scope,
            mode => new Stage(accounts, configRule, parameters, new LaterClock(), mode),
            resource
        ).RunAsync();

        // What the rule and the policy disagree about is refused before anything is asked of AWS.
        Assert.True(
            @case.Ends is CaseEnd.Refuses || (@case.StandIn is not null) == (emulated.StandIns.Answered(account) > 0),
            "A stand-in answers over the wire.");
    }

    internal static async Task<Scope> SeedAsync(PlaybookCase @case, IAws aws, string account)
    {
        var scope = Scope.Empty.With("account", Json.Parse($$"""{"id":"{{account}}","region":"{{Region}}","partition":"aws"}"""));
        foreach (var query in @case.Seed)
        {
            var made = await Reader.ReadAsync(query, scope, aws, CancellationToken.None);
            scope = query.Name.Length == 0 ? scope : scope.With(query.Name, made.State);
        }

        return scope;
    }

    private async Task RunAsync()
    {
        if (_case.Ends is not CaseEnd.Fixed)
        {
            await EndsUnchangedAsync();
            return;
        }

        var unrelated = await ReadAsync(_case.Unrelated);
        var drifted = await ReadChecksAsync();
        Assert.True(_case.Checks.Length == 0 || !Holds(drifted), $"Nothing has drifted, says the case's own check: {Show(drifted)}");

        await EvidenceProof.RunAsync(_case, _scope, _asking, _resource);
        var incident = Ended<Outcome.Fixed>(await _stage.EventAsync(_resource)).Incident;
        Assert.Equal(_case.Playbook, incident.Playbook);
        var right = await ReadChecksAsync();
        Assert.True(Holds(right), $"It is said to be fixed, but the case's own check reads {Show(right)}");
        AssertSame(unrelated, await ReadAsync(_case.Unrelated), "the fix");

        var changes = _stage.Accounts.Changes.Count;
        if (_case.Undo is CaseUndo.None)
        {
            await StaysSoAsync(incident, changes);
            return;
        }

        var repeated = await _stage.EventAsync(_resource);
        Assert.True(repeated is Outcome.AlreadyRight or Outcome.Pending { Incident.Reason: Reason.NotFound }, Story(repeated));
        Assert.Equal([], _stage.Accounts.Changes.Skip(changes));

        await UndoAsync(incident, drifted, unrelated);
        Assert.Empty(_stage.Notices);
    }

    private async Task EndsUnchangedAsync()
    {
        var outcome = await _stage.EventAsync(_resource);

        Assert.True(_case.Ends switch
        {
            CaseEnd.Asks => outcome is Outcome.AwaitingApproval,
            CaseEnd.Refuses => outcome is Outcome.Escalated { Incident.Reason: Reason.NotConfigured },
            CaseEnd.Unsupported => outcome is Outcome.Escalated { Incident.Reason: Reason.Unsupported },
            _ => outcome is Outcome.AlreadyRight,
        }, Story(outcome));
        Assert.Equal([], _stage.Accounts.Changes);
        Assert.Equal(_case.Ends is CaseEnd.Right ? 0 : 1, _stage.Notices.Count);
    }

    private async Task StaysSoAsync(Incident incident, int changes)
    {
        var again = await _stage.EventAsync(_resource);
        Assert.True(again is Outcome.AlreadyRight or Outcome.Pending { Incident.Reason: Reason.NotFound }, Story(again));
        Assert.Equal(Reason.Unsupported, Ended<Outcome.Escalated>(await _stage.UndoAsync(incident)).Incident.Reason);
        Assert.Equal([], _stage.Accounts.Changes.Skip(changes));
    }

    private async Task UndoAsync(Incident incident, JsonElement[] drifted, JsonElement[] unrelated)
    {
        var undone = Ended<Outcome.Undone>(await _stage.UndoAsync(incident)).Incident;

        Assert.Equal(IncidentState.Held, undone.State);
        AssertSame(unrelated, await ReadAsync(_case.Unrelated), "the undo");
        var back = await ReadChecksAsync();
        if (_case.Undo is CaseUndo.Close)
        {
            Assert.True(_case.Checks.Length == 0 || !Holds(back), $"It is said to be undone, but still reads {Show(back)}");
            return;
        }

        AssertSame(drifted, back, "the undo, by the case's own check");
        await AssertStateIsBackAsync(incident);
    }

    /// <summary>The whole of what the playbook reads is as before, not only the members that were changed.</summary>
    private async Task AssertStateIsBackAsync(Incident incident)
    {
        var playbook = new IncidentPlaybooks(new PlaybookLibrary(PlaybookCases.PlaybookFolder)).Of(incident.Change!);
        foreach (var step in incident.Plan!.Steps)
        {
            var procedure = StepHandlers.Of(playbook, step.Step);
            var state = (await procedure.ReadAsync(Scope.From(incident.Change!.Inputs), _aws, CancellationToken.None)).State;
            Assert.True(
                new StateComparer(procedure.Step.Ignore).Same(step.Before, state),
                $"{step.Step}\nbefore:     {step.Before}\nafter undo: {state}");
        }
    }

    private T Ended<T>(Outcome outcome)
        where T : Outcome => outcome as T ?? throw new InvalidOperationException(Story(outcome));

    private string Story(Outcome outcome)
    {
        var incident = IncidentOf(outcome);
        IEnumerable<string> lines =
        [
            incident is null ? $"{outcome}" : $"{outcome.GetType().Name}: {incident.Reason} {incident.Detail}",
            .. incident?.Entries.Select(e => e.What) ?? [],
            .. _stage.Accounts.Changes,
        ];
        return string.Join("\n  ", lines);
    }

    private static Incident? IncidentOf(Outcome outcome) => outcome switch
    {
        Outcome.AwaitingApproval(var incident) => incident,
        Outcome.Pending(var incident) => incident,
        Outcome.Escalated(var incident) => incident,
        Outcome.Fixed(var incident) => incident,
        Outcome.AlreadyRight(var incident) => incident,
        _ => null,
    };

    private Task<JsonElement[]> ReadChecksAsync() => ReadAsync(_case.Checks.Select(c => c.Read));

    private bool Holds(JsonElement[] results) => _case.Checks.Zip(results).All(c => c.First.Holds(c.Second, _scope));

    private async Task<JsonElement[]> ReadAsync(IEnumerable<Query> queries)
    {
        var results = new List<JsonElement>();
        foreach (var query in queries)
        {
            results.Add((await Reader.ReadAsync(query, _scope, _aws, CancellationToken.None)).State);
        }

        return [.. results];
    }

    private static void AssertSame(JsonElement[] before, JsonElement[] after, string what) => Assert.True(
        before.Zip(after).All(p => StateComparer.Exact.Same(p.First, p.Second)),
        $"After {what} it reads\n  {Show(after)}\nand before\n  {Show(before)}");

    private static string Show(JsonElement[] values) => string.Join("\n  ", values.Select(v => v.IsNull() ? "null" : v.GetRawText()));
}
