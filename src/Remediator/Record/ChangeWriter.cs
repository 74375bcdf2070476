using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>Writes an incident's change.</summary>
internal static class ChangeWriter
{
    public static void Change(StoredWriter w, PlannedChange c)
    {
        w.Part(nameof(c.Plan), c.Plan, Plan);
        w.Value(nameof(c.Inputs), c.Inputs);
        w.Text(nameof(c.Playbook), c.Playbook);
        w.Text(nameof(c.PlaybookHash), c.PlaybookHash);
        w.PartOrNull(nameof(c.Recorded), c.Recorded, Recorded);
        w.PartIfAny(nameof(c.Owner), c.Owner, Owner);
        w.PartIfAny(nameof(c.Watch), c.Watch, Watch);
        w.PartIfAny(nameof(c.Evidence), c.Evidence, Evidence);
        w.TextIfAny(nameof(c.AgreedBy), c.AgreedBy);
        w.Time(nameof(c.BeganAt), c.BeganAt);
        w.TextIfAny(nameof(c.Deployment), c.Deployment);
        w.Number(nameof(c.Step), c.Step);
        if (c.AsksAt is { } step)
        {
            w.Number(nameof(c.AsksAt), step);
        }

        w.NumberIfAny(nameof(c.AgreedFrom), c.AgreedFrom);
        w.Flag(nameof(c.IsInPlace), c.IsInPlace);
        w.PartOrNull(nameof(c.Runbook), c.Runbook, Runbook);
        w.FlagIfSet(nameof(c.IsTakenBack), c.IsTakenBack);
        w.Parts(nameof(c.UndoCalls), c.UndoCalls, Call);
    }

    public static void Evidence(StoredWriter w, Evidence e)
    {
        w.Time(nameof(e.At), e.At);
        w.Parts(nameof(e.Answers), e.Answers, Answer);
    }

    private static void Answer(StoredWriter w, EvidenceAnswer a)
    {
        w.Text(nameof(a.Show), a.Show);
        w.Texts(nameof(a.Lines), a.Lines);
    }

    private static void Plan(StoredWriter w, Plan p) => w.Parts(nameof(p.Steps), p.Steps, Step);

    private static void Step(StoredWriter w, StepPlan s)
    {
        w.Text(nameof(s.Step), s.Step);
        w.Value(nameof(s.Before), s.Before);
        w.Value(nameof(s.After), s.After);
        w.Values(nameof(s.Removed), s.Removed);
        w.Values(nameof(s.Added), s.Added);
        w.Flag(nameof(s.IsRollback), s.IsRollback);
        w.FlagIfSet(nameof(s.Deletes), s.Deletes);
        w.Parts(nameof(s.Calls), s.Calls, Call);
    }

    private static void Call(StoredWriter w, PlannedCall c)
    {
        w.Text(nameof(c.Operation), c.Operation);
        w.Value(nameof(c.Input), c.Input);
    }

    private static void Recorded(StoredWriter w, RecordedOrigin r)
    {
        w.Time(nameof(r.CompliantAt), r.CompliantAt);
        w.Part(nameof(r.Good), r.Good, Item);
        w.Part(nameof(r.Latest), r.Latest, Item);
        w.Parts(nameof(r.Playbooks), r.Playbooks, Version);
        w.TextOrNull(nameof(r.ChangedBy), r.ChangedBy);
        w.Time(nameof(r.ChangedAt), r.ChangedAt);
    }

    private static void Item(StoredWriter w, RecordedItem i)
    {
        w.Text(nameof(i.StateId), i.StateId);
        w.Time(nameof(i.CapturedAt), i.CapturedAt);
    }

    private static void Version(StoredWriter w, PlaybookVersion v)
    {
        w.Text(nameof(v.Name), v.Name);
        w.Text(nameof(v.Hash), v.Hash);
    }

    private static void Owner(StoredWriter w, ResourceOwner o)
    {
        w.Text(nameof(o.Kind), o.Kind);
        w.Text(nameof(o.Name), o.Name);
        w.TextOrNull(nameof(o.LogicalId), o.LogicalId);
        w.TextOrNull(nameof(o.StackId), o.StackId);
        w.TextIfAny(nameof(o.Template), o.Template);
    }

    private static void Watch(StoredWriter w, AlarmWatch a)
    {
        w.Texts(nameof(a.Alarms), a.Alarms);
        w.Span(nameof(a.Within), a.Within);
        w.TimeIfAny(nameof(a.From), a.From);
        w.TimeIfAny(nameof(a.Until), a.Until);
    }

    private static void Runbook(StoredWriter w, StartedRunbook r)
    {
        w.Text(nameof(r.Name), r.Name);
        w.Text(nameof(r.Input), r.Input);
        w.Text(nameof(r.Token), r.Token);
        w.Time(nameof(r.At), r.At);
        w.TextOrNull(nameof(r.Execution), r.Execution);
        w.TextIfAny(nameof(r.Operation), r.Operation);
        w.TextOrNull(nameof(r.Status), r.Status);
    }
}
