using System.Text.Json;
using Remediator.Cli.Output;

namespace Remediator.Cli.Demo;

/// <summary>The demo for machines.</summary>
internal static class DemoJson
{
    public static void Write(Utf8JsonWriter w, FunctionBinary binary, DemoRun run, Proofs checks)
    {
        w.WriteBoolean("ok", checks.AllHold);
        w.WriteString("build", binary.Kind);
        w.List("incidents", run.Incidents, one =>
        {
            w.WriteString("id", one.Incident.Id);
            w.WriteString("state", one.Incident.State.ToString());
            w.WriteString("resource", one.Seeded.Id);
            w.WriteString("rule", one.Seeded.Rule.Name);
            w.WriteString("reason", one.Incident.Reason?.Name());
            w.List("calls", one.Incident.Plan?.Calls ?? [], call =>
            {
                w.WriteString("operation", call.Operation);
                w.Member("input", call.Input);
            });
        });
        w.List("checks", checks.All, c =>
        {
            w.WriteString("what", c.What);
            w.WriteBoolean("holds", c.Holds);
        });
    }
}
