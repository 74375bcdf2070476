using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Testing.Record;

/// <summary>In which order open incidents come.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task Urgent_incidents_come_before_all_others_however_long_those_are_due()
    {
        var waiting = new List<Incident>();
        for (var i = 0; i < 12; i++)
        {
            waiting.Add(await OpenAsync(-100 + i, IncidentState.Observed));
        }

        Incident[] urgent = [await OpenAsync(-3, IncidentState.Applying), await OpenAsync(-2, IncidentState.Undoing)];

        var due = await IdsAsync(Journal.DueAsync(Now, Ct));

        Assert.Equal(urgent.Select(i => i.Id), due.Where(urgent.Concat(waiting).Select(i => i.Id).Contains).Take(2));
        Assert.Equal(waiting.Select(i => i.Id), due.Where(waiting.Select(i => i.Id).Contains));
    }

    [Fact]
    public async Task Due_incidents_come_the_longest_due_first_and_closed_ones_never()
    {
        var late = await OpenAsync(dueIn: -5);
        var later = await OpenAsync(dueIn: -60);
        var soon = await OpenAsync(dueIn: 5);
        var closed = await OpenAsync(dueIn: -90, IncidentState.Closed);

        var due = await IdsAsync(Journal.DueAsync(Now, Ct));
        var open = await IdsAsync(Journal.OpenAsync(Ct));

        Assert.Equal([later.Id, late.Id], due);
        Assert.Equal([later.Id, late.Id, soon.Id], open);
        Assert.DoesNotContain(closed.Id, open);
    }
}
