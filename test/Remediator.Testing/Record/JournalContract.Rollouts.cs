using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Testing.Record;

/// <summary>How far rising rollouts are.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task Rollouts_are_what_was_written_last_with_their_history()
    {
        var before = await Journal.RolloutsAsync(Ct);
        var held = Rising("held").Noted(EntryKind.Noted, "began", Now) with
        {
            Held = new(Now, "1 of 2 changes put back") { IsTold = true },
            Seen = new(2, 0, 1, 0),
        };

        Assert.True(await Journal.WriteRolloutsAsync([Rising("rises"), held], before, Ct));

        var book = await Journal.RolloutsAsync(Ct);
        Assert.Null(book.Unbelieved);
        Assert.True(book.Version > before.Version, "it rises with each write");
        Assert.Equal((30, Now), (book.Find("rises")!.Share, book.Find("rises")!.Since));
        var read = book.Find("held")!;
        Assert.Equal((held.Held, held.Seen, "began"), (read.Held, read.Seen, read.Entries.Single().What));
        Assert.True(await Journal.WriteRolloutsAsync([], book, Ct));
        Assert.Empty((await Journal.RolloutsAsync(Ct)).Items);
    }

    [Fact]
    public async Task Rollouts_are_not_written_over_what_somebody_changed()
    {
        var seen = await Journal.RolloutsAsync(Ct);
        Assert.True(await Journal.WriteRolloutsAsync([Rising("first")], seen, Ct));

        Assert.False(await Journal.WriteRolloutsAsync([Rising("second")], seen, Ct));

        Assert.Equal("first", Assert.Single((await Journal.RolloutsAsync(Ct)).Items).Id);
    }

    [Fact]
    public async Task Incident_is_found_by_its_rollout_once_something_became_of_it()
    {
        var name = $"rollout-{++_names}";
        var mine = await ClaimAsync(New() with { Terms = new() { Mode = Mode.Auto, Rollout = name } });
        Assert.Empty((await Journal.RolledOutAsync(name, Ct)).Items);

        await Journal.ReleaseAsync(
            mine.Incident with { Course = new() { Fixes = 1, Undone = 1 }, Due = Now.AddHours(1) }, mine.Lease, Ct);

        Assert.Equal(mine.Incident.Id, Assert.Single((await Journal.RolledOutAsync(name, Ct)).Items).Id);
        Assert.Empty((await Journal.RolledOutAsync($"{name}0", Ct)).Items);
    }

    private RolloutState Rising(string id) => new()
    {
        Id = id,
        About = "everything: mode auto",
        BegunAt = Now,
        Share = 30,
        From = 30,
        Since = Now,
    };
}
