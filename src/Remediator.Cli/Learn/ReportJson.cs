using System.Text.Json;
using Remediator.Cli.Output;
using Remediator.Learn;

namespace Remediator.Cli.Learn;

/// <summary>A report for machines.</summary>
internal static class ReportJson
{
    public static void Write(Utf8JsonWriter w, Report report, string? rebuilt, IReadOnlyList<string> unreadable)
    {
        w.WriteString("since", report.Since);
        w.WriteString("until", report.Until);
        w.WriteString("by", ReportText.Name(report.By));
        w.WriteNumber("minutesPerChange", report.MinutesPerChange);
        w.WriteNumber("hoursSaved", report.HoursSaved);
        w.WriteString("rebuiltAt", rebuilt);
        w.WriteNumber("notCounted", report.Unbelieved);
        w.WriteStartObject("total");
        Write(w, report.Total);
        w.WriteEndObject();
        w.List("lines", report.Lines, line =>
        {
            w.WriteString("name", line.Name);
            Write(w, line.Tally);
        });
        w.List("trend", report.Trend, bar =>
        {
            w.WriteString("from", $"{bar.From:yyyy-MM-dd}");
            w.WriteNumber("incidents", bar.Tally.Incidents);
            w.WriteNumber("fixed", bar.Tally.Fixed);
            w.WriteNumber("asked", bar.Tally.Asked);
            w.WriteNumber("escalated", bar.Tally.Escalated);
            w.WriteNumber("undone", bar.Tally.Undone);
        });
        w.List("recurring", report.Recurring, r =>
        {
            w.WriteString("incident", r.Last.Id);
            w.WriteString("rule", r.Last.Rule);
            w.WriteString("account", r.Last.Resource.Account);
            w.WriteString("resourceType", r.Last.Resource.Type);
            w.WriteString("resourceId", r.Last.Resource.Id);
            w.WriteNumber("again", r.Again);
            w.WriteString("cause", r.Cause);
        });
        w.List("causes", report.Causes, c =>
        {
            w.WriteString("name", c.Name);
            w.WriteNumber("incidents", c.Incidents);
            w.WriteNumber("reverts", c.Reverts);
        });
        w.List("undone", report.Lessons, l =>
        {
            w.WriteString("rule", l.Rule);
            w.WriteNumber("changes", l.Changes);
            w.WriteNumber("undone", l.Undone);
            w.List("reasons", l.Reasons, r =>
            {
                w.WriteString("why", r.Why);
                w.WriteNumber("count", r.Count);
            });
        });
        w.List("rollouts", report.Rollouts, r =>
        {
            w.WriteString("id", r.Id);
            w.WriteString("about", r.About);
            w.WriteNumber("share", r.Share);
            w.WriteString("begunAt", r.BegunAt);
            w.WriteString("heldWhy", r.Held?.Why);
        });
        w.Texts("unreadable", unreadable);
    }

    private static void Write(Utf8JsonWriter w, Tally t)
    {
        w.WriteNumber("incidents", t.Incidents);
        w.WriteNumber("fixed", t.Fixed);
        w.WriteNumber("alreadyRight", t.AlreadyRight);
        w.WriteNumber("asked", t.Asked);
        w.WriteNumber("approved", t.Approved);
        w.WriteNumber("undone", t.Undone);
        w.WriteNumber("escalated", t.Escalated);
        w.WriteNumber("observed", t.Observed);
        w.WriteNumber("waiting", t.Waiting);
        w.WriteNumber("open", t.Open);
        w.WriteNumber("reverts", t.Reverts);
        w.WriteNumber("settled", t.Settled);
        w.WriteNumber("decided", t.Decided);
        w.WriteNumber("alone", t.Alone);
        Write(w, "toRemediate", t.ToRemediate);
        Write(w, "toConfirm", t.ToConfirm);
    }

    private static void Write(Utf8JsonWriter w, string name, Times times)
    {
        w.WriteStartObject(name);
        w.WriteNumber("count", times.Count);
        w.WriteNumber("medianSeconds", times.Median.TotalSeconds);
        w.WriteNumber("p90Seconds", times.P90.TotalSeconds);
        w.WriteEndObject();
    }
}
