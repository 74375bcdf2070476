using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Testing.Record;

/// <summary>Items that a later version stored.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task Incident_in_a_state_of_a_later_version_is_found_by_its_name_and_left_to_that_version()
    {
        var (mine, later) = (await ClaimAsync(New()), LaterValues.Read<IncidentState>("SomethingLater"));
        var left = await Journal.ReleaseAsync(mine.Incident with { State = later }, mine.Lease, Ct);

        var claim = Assert.IsType<Claim.NotUnderstood>(await Journal.ClaimAsync(At(mine.Incident, 5), Ct));

        Assert.Contains("SomethingLater", claim.Why, StringComparison.Ordinal);
        var found = await Journal.FindAsync(new(left.Id), Ct);
        Assert.Equal((later, left.Version), (found?.State, found?.Version));
    }
}
