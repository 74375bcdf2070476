using System.Text.Json;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>Writes an incident as <see cref="JournalJson"/> would, which reads it.</summary>
internal static class IncidentWriter
{
    public static void Write(Utf8JsonWriter to, Incident incident) => new StoredWriter(to).Whole(incident, Incident);

    public static void Resource(StoredWriter w, ResourceKey r)
    {
        w.Text(nameof(r.Account), r.Account);
        w.Text(nameof(r.Region), r.Region);
        w.Text(nameof(r.Type), r.Type);
        w.Text(nameof(r.Id), r.Id);
    }

    public static void Course(StoredWriter w, Course c)
    {
        w.Flag(nameof(c.IsObserved), c.IsObserved);
        w.Flag(nameof(c.IsAsked), c.IsAsked);
        w.Flag(nameof(c.IsApproved), c.IsApproved);
        w.Flag(nameof(c.HasPerson), c.HasPerson);
        w.Enum(nameof(c.Escalated), c.Escalated);
        w.Number(nameof(c.Fixes), c.Fixes);
        w.Flag(nameof(c.IsAlreadyRight), c.IsAlreadyRight);
        w.Time(nameof(c.RightAt), c.RightAt);
        w.Flag(nameof(c.IsStanding), c.IsStanding);
        w.Number(nameof(c.Reverts), c.Reverts);
        w.Flag(nameof(c.IsRevert), c.IsRevert);
        w.Number(nameof(c.Undone), c.Undone);
        w.TextOrNull(nameof(c.UndoneWhy), c.UndoneWhy);
        w.TextOrNull(nameof(c.HeldWhy), c.HeldWhy);
        w.Flag(nameof(c.IsConfirmed), c.IsConfirmed);
        w.TextOrNull(nameof(c.Principal), c.Principal);
        w.TextOrNull(nameof(c.Stack), c.Stack);
    }

    private static void Incident(StoredWriter w, Incident i)
    {
        w.Number("v", i.Shape);
        w.Text(nameof(i.Id), i.Id);
        w.Enum(nameof(i.State), i.State);
        w.Part(nameof(i.Origin), i.Origin, Origin);
        w.Part(nameof(i.Terms), i.Terms, Terms);
        w.PartOrNull(nameof(i.Change), i.Change, ChangeWriter.Change);
        w.Part(nameof(i.Telling), i.Telling, Telling);
        w.Time(nameof(i.OpenedAt), i.OpenedAt);
        w.Time(nameof(i.ChangedAt), i.ChangedAt);
        w.Time(nameof(i.Due), i.Due);
        w.Number(nameof(i.Attempts), i.Attempts);
        w.Number(nameof(i.Reverts), i.Reverts);
        w.Time(nameof(i.FixedAt), i.FixedAt);
        w.Enum(nameof(i.Reason), i.Reason);
        w.TextOrNull(nameof(i.Detail), i.Detail);
        w.FlagIfSet(nameof(i.IsUrged), i.IsUrged);
        w.TextOrNull(nameof(i.ApprovedBy), i.ApprovedBy);
        w.Parts(nameof(i.Entries), i.Entries, Entry);
        w.PartIfAny(nameof(i.Course), i.Course, Course);
        w.Number(nameof(i.Version), i.Version);
    }

    private static void Origin(StoredWriter w, Origin o)
    {
        w.Part(nameof(o.Resource), o.Resource, Resource);
        w.Part(nameof(o.Rule), o.Rule, Rule);
        w.Text(nameof(o.Region), o.Region);
        w.Time(nameof(o.RecordedAt), o.RecordedAt);
        w.Flag(nameof(o.IsFirst), o.IsFirst);
        w.Time(nameof(o.CompliantBefore), o.CompliantBefore);
        w.Time(nameof(o.OrderedAt), o.OrderedAt);
        w.PartIfAny(nameof(o.Asked), o.Asked, Asked);
        w.TextOrNull(nameof(o.Annotation), o.Annotation);
    }

    private static void Rule(StoredWriter w, RuleRef r)
    {
        w.Text(nameof(r.Name), r.Name);
        w.Text(nameof(r.Arn), r.Arn);
    }

    private static void Asked(StoredWriter w, AskedRollback a)
    {
        w.Time(nameof(a.To), a.To);
        w.Flag(nameof(a.IsOfEverything), a.IsOfEverything);
        w.TextOrNull(nameof(a.By), a.By);
    }

    private static void Terms(StoredWriter w, Terms t)
    {
        w.Enum(nameof(t.Mode), t.Mode);
        w.Text(nameof(t.RuleIdentifier), t.RuleIdentifier);
        w.Text(nameof(t.Playbook), t.Playbook);
        w.Text(nameof(t.Owner), t.Owner);
        w.Text(nameof(t.Environment), t.Environment);
        w.TextIfAny(nameof(t.AccountName), t.AccountName);
        w.PartIfAny(nameof(t.Order), t.Order, Order);
        w.TextIfAny(nameof(t.Rollout), t.Rollout);
        w.PartIfAny(nameof(t.EscalateTo), t.EscalateTo, SecondStep);
        w.Enum(nameof(t.Severity), t.Severity);
        w.FlagIfSet(nameof(t.NotesFindings), t.NotesFindings);
        w.Span(nameof(t.ConfirmWithin), t.ConfirmWithin);
        w.Span(nameof(t.RevertWindow), t.RevertWindow);
    }

    private static void Order(StoredWriter w, OrderRef o)
    {
        w.Text(nameof(o.Id), o.Id);
        w.Text(nameof(o.Says), o.Says);
    }

    private static void SecondStep(StoredWriter w, SecondStep s)
    {
        w.Span(nameof(s.After), s.After);
        w.Text(nameof(s.Owner), s.Owner);
    }

    private static void Telling(StoredWriter w, Telling t)
    {
        w.Enum(nameof(t.Notice), t.Notice);
        w.Parts(nameof(t.Reached), t.Reached, Delivered);
        w.Enum("Told", t.ToldReason);
        if (t.Routes is { } routes)
        {
            w.Parts(nameof(t.Routes), routes, Route);
        }

        w.Time(nameof(t.ToldAt), t.ToldAt);
        w.TextIfAny(nameof(t.Problem), t.Problem);
        w.Number(nameof(t.Reminders), t.Reminders);
        w.TextIfAny(nameof(t.Further), t.Further);
        w.PartIfAny(nameof(t.Announced), t.Announced, Announcement);
        w.PartIfAny(nameof(t.Help), t.Help, Help);
        w.TextOrNull(nameof(t.AcknowledgedBy), t.AcknowledgedBy);
    }

    private static void Delivered(StoredWriter w, Delivered d)
    {
        w.Enum(nameof(d.Kind), d.Kind);
        w.Text(nameof(d.Topic), d.Topic);
    }

    private static void Route(StoredWriter w, Route r)
    {
        w.Text(nameof(r.Severity), r.Severity);
        w.Text(nameof(r.Reason), r.Reason);
        w.Text(nameof(r.Team), r.Team);
        w.Text(nameof(r.Environment), r.Environment);
    }

    private static void Announcement(StoredWriter w, Announcement a)
    {
        w.Text(nameof(a.Plan), a.Plan);
        w.Time(nameof(a.At), a.At);
    }

    private static void Help(StoredWriter w, Help h)
    {
        w.Part(nameof(h.Evidence), h.Evidence, ChangeWriter.Evidence);
        w.Parts(nameof(h.Steps), h.Steps, HandStep);
    }

    private static void HandStep(StoredWriter w, HandStep s)
    {
        w.Text(nameof(s.Do), s.Do);
        w.Text(nameof(s.Run), s.Run);
    }

    private static void Entry(StoredWriter w, Entry e)
    {
        w.Time(nameof(e.At), e.At);
        w.Enum(nameof(e.Kind), e.Kind);
        w.Text(nameof(e.What), e.What);
    }
}
