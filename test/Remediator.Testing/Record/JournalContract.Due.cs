using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Testing.Record;

/// <summary>The order in which open incidents are returned, and their ids.</summary>
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

    [Fact]
    public async Task Two_incidents_that_would_get_one_id_get_two_and_each_is_found_by_its_own()
    {
        var first = (await ClaimAsync(New())).Incident;
        var second = (await ClaimAsync(New() with { Id = first.Id })).Incident;
        var third = (await ClaimAsync(New() with { Id = first.Id })).Incident;

        Assert.Equal(3, new[] { first.Id, second.Id, third.Id }.Distinct().Count());
        foreach (var incident in new[] { first, second, third })
        {
            Assert.True(IncidentId.TryParse(incident.Id, out _));
            Assert.Equal(incident.Key, (await FindAsync(incident.Id))?.Key);
        }
    }

    [Fact]
    public async Task Event_that_comes_again_finds_its_incident_whose_id_was_another_than_its_own()
    {
        var first = (await ClaimAsync(New())).Incident;
        var delivered = New() with { Id = first.Id };
        var second = await ClaimAsync(delivered);
        await ReleaseAsync(second, IncidentState.Fixed);

        Assert.Equal(second.Incident.Id, Assert.IsType<Claim.Answered>(await Journal.ClaimAsync(delivered, Ct)).IncidentId);
    }
}
