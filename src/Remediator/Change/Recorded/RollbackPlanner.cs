using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Change.Registered;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>Plans the way back to what AWS Config recorded while a rule held. It changes nothing.</summary>
/// <remarks>
/// Only settings whose recorded values differ are read from the resource: a rollback costs no more calls than what drifted.
/// </remarks>
internal sealed class RollbackPlanner(IAwsAccounts accounts, IConfigHistory config, TimeProvider clock)
{
    public async Task<Planning> PlanAsync(Incident incident, ChangeOrder order, CancellationToken ct)
    {
        var question = new HistoryQuestion(
            incident.Resource with { Region = incident.Region }, incident.Region, incident.Rule, order.MaxAge)
        {
            CompliantBefore = incident.Origin.CompliantBefore,
            FoundAt = incident.Origin.OrderedAt,
            Trigger = order.Trigger,
        };
        return await new History(config, clock).FindAsync(question, ct) switch
        {
            HistoryLookup.None(var reason, var why) => new Planning.Refused(reason, why),
            HistoryLookup.Found(var drift) => await PlanAsync(incident, order, drift, ct),
            var other => throw new InvalidOperationException($"A look into the history cannot end as {other}."),
        };
    }

    private async Task<Planning> PlanAsync(Incident incident, ChangeOrder order, Drift drift, CancellationToken ct)
    {
        if (order.Recorded.SelectMany(p => p.Steps).Select(s => s.Registered).OfType<RegisteredType>()
            .Select(registered => RegisteredItems.Objection(registered, drift)).FirstOrDefault(o => o is not null) is { } objection)
        {
            return objection;
        }

        ImmutableArray<DriftedStep> all =
        [
            .. order.Recorded.SelectMany(p => DriftedSteps(incident, order, p, drift))
                .OrderBy(s => s.Step.IsOnlyRecorded ? 0 : 1)
                .DistinctBy(s => s.Step.Recorded!.Text),
        ];
        ImmutableArray<DriftedStep> drifted = [.. all.Where(part => !all.Any(part.IsPartOf))];
        if (drifted.IsEmpty)
        {
            return new Planning.Refused(Reason.CauseElsewhere, Unchanged(incident, drift));
        }

        ImmutableArray<Playbook> parts = [.. drifted.Select(s => s.Playbook).DistinctBy(p => p.Name)];
        var playbook = CombinedPlaybook.Of(incident.Resource.Type, parts);
        var aws = new AskedOnce(DeclaredCalls.Of(accounts, incident, playbook));
        var type = await FoundType.ReadAsync(playbook, drifted[0].Scope, aws, ct);
        if (type.Gone is { } gone)
        {
            return new Planning.Gone(gone);
        }

        var (scope, unknown) = await ScopeAsync(parts, drifted, aws, ct);
        if (scope is null)
        {
            return new Planning.Gone(unknown);
        }

        var planned = await StepsAsync(playbook, scope, drifted, aws, ct);
        return planned switch
        {
            { Gone: { } why } => new Planning.Gone(why),
            { Refused: { } refused } => new Planning.Refused(refused.Why, Refused(refused, drift)),
            { Changes: [] } => new Planning.AlreadyRight(scope, $"what was recorded at {Time(drift.Good.CapturedAt)} is there again"),
            { Changes: var changes } when changes.FirstOrDefault(c => c.Change.Calls.IsEmpty).Step is { } silent =>
                new Planning.Refused(Reason.Unsupported, $"The playbook has no call that puts back {silent.Step.Name}."),
            { Changes: var changes } => await AskedAsync(
                Planner.Ready(playbook, scope, changes) with { Recorded = Origin(drift, parts), Owner = Owner.Of(drift.Latest.TagValues) },
                order, type.Broken?.Because ?? planned.Caveat, aws, ct),
        };
    }

    private static IEnumerable<DriftedStep> DriftedSteps(Incident incident, ChangeOrder order, Playbook playbook, Drift drift)
    {
        var scope = PlanningScope.OfRollback(incident, playbook, order.Rule, order.Parameters);
        return playbook.Steps
            .Where(step => step.Recorded is not null)
            .Select(step => Drifted(playbook, step, scope, order, drift))
            .Where(s => s.Values.IsDrift(new(s.Step.Ignore)));
    }

    private static DriftedStep Drifted(Playbook playbook, Step step, Scope scope, ChangeOrder order, Drift drift)
    {
        var recorded = new RecordedValues(
            step.Recorded!.Evaluate(drift.Good.Document, scope),
            step.Recorded.Evaluate(drift.Bad.Document, scope),
            step.Recorded.Evaluate(drift.Latest.Document, scope));
        return step.Registered is { } type
            ? new(playbook, step, RegisteredItems.With(scope, type, drift, order.Role), RegisteredItems.Writable(type, recorded))
            : new(playbook, step, scope, recorded);
    }

    /// <summary>What each playbook's steps see stands beside what all of them do.</summary>
    private static async Task<(Scope? Scope, string Unknown)> ScopeAsync(
        ImmutableArray<Playbook> parts, ImmutableArray<DriftedStep> drifted, IAws aws, CancellationToken ct)
    {
        var own = new List<KeyValuePair<string, JsonElement>>();
        foreach (var part in parts)
        {
            var (scope, unknown) = await NameResolver.ResolveAsync(part, drifted.First(s => s.Playbook == part).Scope, aws, ct);
            if (scope is null)
            {
                return (null, unknown);
            }

            own.Add(new(part.Name, Json.Object([new("resource", scope["resource"]), new("params", scope["params"])])));
        }

        return (drifted[0].Scope.With(CombinedPlaybook.ScopesMember, Json.Object(own)), "");
    }

    private static async Task<PlannedSteps> StepsAsync(
        Playbook playbook, Scope scope, ImmutableArray<DriftedStep> drifted, IAws aws, CancellationToken ct)
    {
        var changes = ImmutableArray.CreateBuilder<(IStepHandler, StepChange)>();
        string? caveat = null;
        foreach (var step in drifted)
        {
            var handler = StepHandlers.Of(playbook, CombinedPlaybook.NameOf(step.Playbook, step.Step));
            var reading = await handler.ReadAsync(scope, aws, ct);
            if (reading.IsGone)
            {
                return new([]) { Gone = $"{step.Step.Read[0].Call.Operation} does not find it, or says that it is ending" };
            }

            switch (handler.PlanRecorded(scope, reading, step.Values))
            {
                case RecordedStep.Refused refused:
                    return new([]) { Refused = refused };
                case RecordedStep.Change(var planned):
                    changes.Add((handler, planned));
                    caveat ??= step.Step.Registered is { } type ? RegisteredItems.Caveat(type, reading.Output, planned.Plan) : null;
                    break;
                default:
                    break;
            }
        }

        return new(changes.ToImmutable()) { Caveat = caveat };
    }

    /// <summary>The plan, or why a person is asked before it.</summary>
    private static async Task<Planning> AskedAsync(
        Planning.Ready ready,
        ChangeOrder order,
        string? caveat,
        IAws aws,
        CancellationToken ct) =>
        ready.Owner is { } owner && order.Owned is not OwnedHandling.Change
            ? new Planning.Guarded(owner.Reason, Said(owner.Says, caveat), ready)
        : caveat is { } because ? new Planning.Guarded(Reason.Guarded, because, ready)
        : await Planner.GuardedAsync(ready.Playbook, ready, aws, ct);

    private static string Said(string first, string? caveat) => caveat is null ? first : $"{first} {caveat}";

    private static RecordedOrigin Origin(Drift drift, ImmutableArray<Playbook> parts) => new(
        drift.CompliantAt, Item(drift.Good), Item(drift.Latest))
    {
        Playbooks = [.. parts.Select(p => new PlaybookVersion(p.Name, PlaybookLibrary.HashOf(p.Source)))],
    };

    private static RecordedItem Item(ConfigurationItem item) => new(item.StateId, item.CapturedAt);

    private static string Unchanged(Incident incident, Drift drift) =>
        $"None of the settings of {incident.Resource.Type} that can be put back differ between what AWS Config recorded while the "
        + "rule held "
        + $"(item {drift.Good.Name}) and what the rule found wrong (item {drift.Bad.Name}): the cause lies elsewhere.";

    private static string Refused(RecordedStep.Refused refused, Drift drift) =>
        refused.Says
        ?? (
            refused.Why is Reason.Masked
                ? $"AWS Config does not record {Sentences.PathList(refused.At)}: the value of {Time(drift.Good.CapturedAt)} is not known."
                : $"Since AWS Config recorded it last, at {Time(drift.Latest.CapturedAt)}, somebody changed what would be put back: "
                    + $"{Sentences.PathList(refused.At)}."
        );

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);

    /// <summary>A setting whose recorded values differ.</summary>
    private sealed record DriftedStep(Playbook Playbook, Step Step, Scope Scope, RecordedValues Values)
    {
        /// <summary>Whether another setting, put back as a whole, has all members of this one, and the calls that write them.</summary>
        public bool IsPartOf(DriftedStep whole) => whole.Step.IsOnlyRecorded && !Step.IsOnlyRecorded
            && Values.IsPartOf(whole.Values)
            && Step.Write.All(call => whole.Step.Write.Any(w => w.Operation == call.Operation));
    }

    /// <summary>What is to be done for the settings that drifted, or why nothing is.</summary>
    private sealed record PlannedSteps(ImmutableArray<(IStepHandler Step, StepChange Change)> Changes)
    {
        public string? Gone { get; init; }

        /// <summary>Why a person is to look first.</summary>
        public string? Caveat { get; init; }

        public RecordedStep.Refused? Refused { get; init; }
    }
}
