using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Escalate.Forms;

/// <summary>JSON for pagers and programs: the same facts by name, ids as AWS has them.</summary>
internal static class MachineForm
{
    public static string Of(NoticeFacts facts) => Json.Write(w =>
    {
        w.WriteStartObject();
        w.WriteString("version"u8, "1");
        w.WriteString("eventType"u8, facts.EventType);
        w.WriteString("key"u8, facts.Key);
        w.WriteString("action"u8, facts.Action.Name());
        w.WriteString("severity"u8, facts.Severity);
        w.WriteString("summary"u8, $"{facts.Where}: {facts.Headline}. {facts.Wrong}");
        w.WriteString("reason"u8, facts.Reason);
        w.WriteString("wrong"u8, facts.Wrong);
        w.WriteString("todo"u8, facts.Todo);
        w.WriteString("detail"u8, facts.Lines.IsEmpty ? facts.Why : string.Join('\n', facts.Lines));
        Given(w, "goesOn", facts.GoesOn);
        Given(w, "account", facts.Account);
        Given(w, "region", facts.Region);
        Given(w, "resourceType", facts.ResourceType);
        Given(w, "resourceId", facts.ResourceId);
        Given(w, "inPlace", facts.Changed);
        Given(w, "earlier", facts.Earlier);
        Given(w, "template", facts.Template);
        Incident(w, facts.Machine);
        Plan(w, facts.Plan);
        if (!facts.Evidence.IsEmpty)
        {
            List(w, "evidence", facts.Evidence);
        }

        Object(w, "links", facts.Links);
        Object(w, "commands", facts.Next.Select(n => (n.What, n.Command)));
        if (facts.Next.Any(n => n.WithoutTool is not null))
        {
            Object(w, "awsCommands", facts.Next.Where(n => n.WithoutTool is not null).Select(n => (n.What, n.WithoutTool!)));
        }

        Given(w, "manual", facts.Manual);
        ByHand(w, facts.ByHand);
        w.WriteEndObject();
    }).GetRawText();

    private static void Incident(Utf8JsonWriter w, MachineFacts? machine)
    {
        if (machine is not { } i)
        {
            return;
        }

        Given(w, "incident", i.Incident);
        Given(w, "rule", i.Rule);
        Given(w, "ruleArn", i.RuleArn);
        w.WriteString("ruleIdentifier"u8, PlainText.Whole(i.RuleIdentifier));
        w.WriteString("playbook"u8, i.Playbook);
        w.WriteString("owner"u8, PlainText.Whole(i.Owner));
        w.WriteString("environment"u8, PlainText.Whole(i.Environment));
        if (i.Incident.Length > 0)
        {
            w.WriteBoolean("changed"u8, i.IsChanged);
            w.WriteNumber("attempts"u8, i.Attempts);
            w.WriteString("openedAt"u8, i.OpenedAt);
        }
    }

    private static void Plan(Utf8JsonWriter w, PlanFacts? plan)
    {
        if (plan is null)
        {
            return;
        }

        w.WriteStartObject("plan"u8);
        w.WriteBoolean("made"u8, plan.IsMade);
        List(w, "differences", plan.Differences);
        List(w, "calls", plan.Calls);
        Given(w, "impact", plan.Impact);
        Given(w, "wayBack", plan.UndoNote);
        w.WriteEndObject();
    }

    private static void ByHand(Utf8JsonWriter w, ImmutableArray<HandStep> steps)
    {
        if (steps.IsEmpty)
        {
            return;
        }

        w.WriteStartArray("byHand"u8);
        foreach (var step in steps)
        {
            w.WriteStartObject();
            w.WriteString("do"u8, step.Do);
            Given(w, "run", step.Run);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void Given(Utf8JsonWriter w, string name, string value)
    {
        if (value.Length > 0)
        {
            w.WriteString(name, PlainText.Whole(value));
        }
    }

    private static void List(Utf8JsonWriter w, string name, ImmutableArray<string> items)
    {
        w.WriteStartArray(name);
        foreach (var item in items)
        {
            w.WriteStringValue(item);
        }

        w.WriteEndArray();
    }

    private static void Object(Utf8JsonWriter w, string name, IEnumerable<(string Name, string Value)> members)
    {
        w.WriteStartObject(name);
        foreach (var (member, value) in members)
        {
            w.WriteString(member, PlainText.Whole(value));
        }

        w.WriteEndObject();
    }
}
