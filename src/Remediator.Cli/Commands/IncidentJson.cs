using System.Text.Json;
using Remediator.Cli.Listing;
using Remediator.Cli.Output;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary>An incident for machines.</summary>
internal static class IncidentJson
{
    public static void Summary(Utf8JsonWriter w, Incident i)
    {
        w.WriteString("id", i.Id);
        w.WriteString("state", i.State.StoredName());
        w.WriteString("reason", i.Reason?.Name());
        w.WriteString("detail", i.Detail);
        w.WriteString("wrong", IncidentWords.Wrong(i));
        w.WriteString("account", i.Resource.Account);
        w.WriteString("accountName", i.Terms.AccountName);
        w.WriteString("region", i.Resource.Region);
        w.WriteString("resourceType", i.Resource.Type);
        w.WriteString("resourceId", i.Resource.Id);
        w.WriteString("rule", i.Rule.Name);
        w.WriteString("ruleIdentifier", i.Terms.RuleIdentifier);
        w.WriteString("playbook", i.Playbook);
        w.WriteString("mode", i.Terms.Mode?.Name() ?? "");
        w.WriteString("owner", i.Terms.Owner);
        w.WriteString("severity", i.Terms.Severity.Name());
        w.WriteBoolean("changed", i.IsChanged);
        w.WriteString("deployment", i.Change?.Deployment);
        w.WriteNumber("attempts", i.Attempts);
        w.WriteString("openedAt", i.OpenedAt);
        w.WriteString("changedAt", i.ChangedAt);
        if (i.Due is { } due)
        {
            w.WriteString("due", due);
        }
        else
        {
            w.WriteNull("due");
        }
    }

    public static void Whole(Utf8JsonWriter w, Incident i, bool withValues)
    {
        Summary(w, i);
        if (i.Terms.Order is { } order)
        {
            w.WriteStartObject("order");
            w.WriteString("id", order.Id);
            w.WriteString("says", order.Says);
            w.WriteEndObject();
        }

        if (i.Change?.Recorded is { } recorded)
        {
            w.WriteStartObject("recorded");
            w.WriteString("compliantAt", recorded.CompliantAt);
            w.WriteString("goodItem", recorded.Good.StateId);
            w.WriteString("goodAt", recorded.Good.CapturedAt);
            w.WriteString("latestItem", recorded.Latest.StateId);
            w.WriteString("latestAt", recorded.Latest.CapturedAt);
            w.WriteString("changedBy", recorded.ChangedBy);
            w.WriteEndObject();
        }

        if (i.Change?.Owner is { } owner)
        {
            w.WriteStartObject("ownedBy");
            w.WriteString("kind", owner.Kind);
            w.WriteString("name", owner.Name);
            w.WriteString("logicalId", owner.LogicalId);
            w.WriteString("template", owner.Template);
            w.WriteEndObject();
        }

        if (i.Shown is { } evidence)
        {
            w.WriteStartObject("evidence");
            w.WriteString("at", evidence.At);
            w.List("answers", evidence.Answers, answer =>
            {
                w.WriteString("show", answer.Show);
                w.Texts("lines", answer.Lines);
            });
            w.WriteEndObject();
        }

        if (i.Telling.Help is { } help)
        {
            w.List("byHand", help.Steps, step =>
            {
                w.WriteString("do", step.Do);
                w.WriteString("run", step.Run);
            });
        }

        w.List("history", i.Entries, entry =>
        {
            w.WriteString("at", entry.At);
            w.WriteString("what", entry.What);
        });
        w.WriteString("plan", i.Asked?.Identity);
        w.WriteString("made", i.Change?.Made ?? "");
        w.List("steps", i.Plan?.Steps ?? [], step =>
        {
            w.WriteString("step", step.Step);
            w.List("differences", step.Differences(StateComparer.Exact), d =>
            {
                w.WriteString("at", d.At);
                if (withValues)
                {
                    w.Member("old", d.Old);
                    w.Member("new", d.New);
                }
            });
            if (withValues)
            {
                w.Member("before", step.Before);
                w.Member("after", step.After);
            }
        });
        Calls(w, "calls", i.Plan?.Calls ?? [], withValues);
        Calls(w, "undoCalls", i.Change?.UndoCalls ?? [], withValues);
    }

    private static void Calls(Utf8JsonWriter w, string name, IEnumerable<PlannedCall> calls, bool withValues) => w.List(name, calls, call =>
    {
        w.WriteString("operation", call.Operation);
        if (withValues)
        {
            w.Member("input", call.Input);
        }
    });
}
