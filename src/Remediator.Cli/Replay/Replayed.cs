using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Replay;

/// <summary>What came of one event.</summary>
internal sealed record Replayed(string Outcome)
{
    public string? Reason { get; init; }

    public Incident? Incident { get; init; }

    /// <summary>The changing calls: made, or in a mode that only looks, those that would be.</summary>
    public ImmutableArray<PlannedCall> Calls { get; init; } = [];

    public JsonElement Before { get; init; } = Json.Null;

    public JsonElement After { get; init; } = Json.Null;

    public static Replayed Of(Outcome outcome, IReadOnlyCollection<PlannedCall> made, IncidentPlaybooks playbooks)
    {
        var incident = outcome.About;
        var isPlanOnly = outcome is Remediator.Outcome.Observed or Remediator.Outcome.AwaitingApproval;
        var isInPlace = isPlanOnly || incident is { IsChanged: true };
        return new(outcome.Name)
        {
            Reason = outcome.Reason,
            Incident = incident,
            Calls = isPlanOnly ? [.. incident?.Plan?.Calls ?? []] : [.. made],
            Before = Setting(incident, playbooks, s => s.Before),
            After = Setting(incident, playbooks, s => isInPlace ? s.After : s.Before),
        };
    }

    public void Write(Utf8JsonWriter w)
    {
        w.WriteString("outcome", Outcome);
        w.WriteString("incident", Incident?.Id);
        w.WriteStartArray("calls");
        foreach (var call in Calls)
        {
            w.WriteStartObject();
            w.WriteString("operation", call.Operation);
            w.WritePropertyName("input");
            call.Input.WriteTo(w);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WritePropertyName("before");
        Before.WriteTo(w);
        w.WritePropertyName("after");
        After.WriteTo(w);
        w.WriteString("reason", Reason);
    }

    /// <summary>
    /// The value itself where the playbook has one setting; else an object by the steps' names, whichever of them changed.
    /// </summary>
    private static JsonElement Setting(Incident? incident, IncidentPlaybooks playbooks, Func<StepPlan, JsonElement> side)
    {
        if (incident?.Change is not { Plan: { Steps: not [] } plan } change)
        {
            return Json.Null;
        }

        return playbooks.Of(change).Steps.Length > 1
            ? Json.Object(plan.Steps.Select(s => KeyValuePair.Create(s.Step, side(s))))
            : side(plan.Steps[0]);
    }
}
