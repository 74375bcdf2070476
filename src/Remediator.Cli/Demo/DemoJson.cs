using System.Text.Json;
using Remediator.Cli.Output;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Cli.Demo;

/// <summary>The demo for machines.</summary>
internal static class DemoJson
{
    public static void Write(
        Utf8JsonWriter w, FunctionBinary binary, DemoRun run, Proofs checks, IReadOnlyDictionary<string, string> environment)
    {
        w.WriteBoolean("ok", checks.AllHold);
        w.WriteString("build", binary.Kind);
        w.List("incidents", run.Incidents, one =>
        {
            w.WriteString("id", one.Incident.Id);
            w.WriteString("state", one.Incident.State.StoredName());
            w.WriteString("resource", one.Seeded.Id);
            w.WriteString("rule", one.Seeded.Rule.Name);
            w.WriteString("playbook", one.Incident.Playbook);
            w.WriteString("reason", one.Incident.Reason?.Name());
            w.WriteString("detail", one.Incident.Detail);
            w.List("calls", one.Incident.Plan?.Calls ?? [], call =>
            {
                w.WriteString("operation", call.Operation);
                w.Member("input", call.Input);
            });
            w.Member("before", one.Incident.Plan?.Steps[0].Before);
            w.Member("after", one.Incident.Plan?.Steps[0].After);
        });
        w.List("undo", run.Undone?.Change?.UndoCalls ?? [], call =>
        {
            w.WriteString("operation", call.Operation);
            w.Member("input", call.Input);
        });
        w.WriteStartObject("notice");
        w.WriteString("subject", run.Mail.Subject);
        w.WriteString("text", run.Mail.Text);
        w.WriteEndObject();
        w.List("checks", checks.All, c =>
        {
            w.WriteString("what", c.What);
            w.WriteBoolean("holds", c.Holds);
        });
        if (environment.Count > 0)
        {
            w.WriteStartObject("environment");
            foreach (var (name, value) in environment)
            {
                w.WriteString(name, value);
            }

            w.WriteEndObject();
        }
    }
}
