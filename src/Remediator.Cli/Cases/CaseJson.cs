using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Cli.Output;
using Remediator.Emulator.Cases;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Cases;

/// <summary>The run of a playbook's cases for machines.</summary>
internal static class CaseJson
{
    public static void Write(Utf8JsonWriter w, Playbook playbook, ImmutableArray<CaseResult> results, Otherwise otherwise)
    {
        w.WriteString("playbook", playbook.Name);
        w.WriteBoolean("holds", results.All(r => r.Holds));
        w.List("cases", results, result =>
        {
            w.WriteString("case", result.Case);
            w.WriteString("rule", result.Rule);
            w.WriteBoolean("holds", result.Holds);
            w.List("steps", result.Steps, step => Write(w, step));
        });
        w.WriteStartObject("otherwise");
        w.List("standIns", otherwise.StandIns, one =>
        {
            w.WriteString("operation", one.Operation);
            w.WriteString("because", one.Because);
        });
        w.Texts("runbooks", otherwise.Runbooks);
        w.List("rules", otherwise.Rules, rule =>
        {
            w.WriteString("id", rule.Id);
            w.Texts("operations", rule.Operations);
            w.WriteString("says", rule.Says);
            w.WriteString("source", rule.Source);
        });
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, CaseStep step)
    {
        w.WriteString("step", step.Name);
        w.WriteBoolean("holds", step.Holds);
        w.WriteString("says", step.Says);
        w.List("differences", step.Plan?.Steps.SelectMany(s => s.Differences(StateComparer.Exact)) ?? [], d =>
        {
            w.WriteString("at", d.At);
            w.Member("old", d.Old);
            w.Member("new", d.New);
        });
        w.List("calls", step.Calls, call =>
        {
            w.WriteString("operation", call.Operation);
            w.Member("input", call.Input);
        });
    }
}
