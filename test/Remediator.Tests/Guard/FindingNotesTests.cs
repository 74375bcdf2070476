using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Remediator.Aws;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Fakes;

namespace Remediator.Tests.Guard;

/// <summary>What stands on a finding of Security Hub, and what becomes of the incident where nothing could be written.</summary>
public sealed class FindingNotesTests
{
    private static readonly Finding Theirs = new("finding", "product");

    private readonly TestClock clock = new();
    private readonly Mock<IFindings> findings = new();
    private readonly List<FindingNews> told = [];
    private bool isHeard = true;

    private FindingNotes Notes => new(
        findings.Object,
        new MemoryJournal(clock, TimeSpan.FromMinutes(3)),
        (news, _) =>
        {
            told.Add(news);
            return Task.FromResult(isHeard);
        },
        clock,
        NullLogger<FindingNotes>.Instance);

    [Fact]
    public async Task Where_the_policy_says_nothing_nobody_is_asked()
    {
        var incident = Some.Incident();

        Assert.Same(incident, await Notes.WriteAsync(incident, _ => "fixed", default));
        findings.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task Each_finding_gets_the_note_and_the_history_says_so()
    {
        Find(Theirs, new("second", "product"));

        var noted = await Notes.WriteAsync(Noting(), _ => "fixed", default);

        Assert.Equal("Security Hub's finding has a note of it", noted.Entries[^1].What);
        findings.Verify(
            f => f.NoteAsync(noted.Resource, noted.Region, It.IsAny<Finding>(), "fixed", It.IsAny<CancellationToken>()),
            Moq.Times.Exactly(2));
    }

    [Fact]
    public async Task Without_a_finding_nothing_is_said()
    {
        Find();

        Assert.Empty((await Notes.WriteAsync(Noting(), _ => "fixed", default)).Entries);
    }

    [Fact]
    public async Task Failure_stands_in_the_history_and_is_told_once_a_day_to_those_who_hear()
    {
        findings.Setup(f => f.FindAsync(It.IsAny<ResourceKey>(), It.IsAny<string>(), It.IsAny<RuleRef>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(FakeAws.Error("securityhub:GetFindings", "AccessDeniedException", 403));
        var notes = Notes;
        isHeard = false;
        var noted = await notes.WriteAsync(Noting(), _ => "fixed", default);
        Assert.StartsWith("no note on Security Hub's finding: ", noted.Entries[^1].What, StringComparison.Ordinal);
        Assert.Contains("AccessDenied", noted.Entries[^1].What, StringComparison.Ordinal);

        isHeard = true;
        await notes.WriteAsync(Noting(), _ => "fixed", default);
        await notes.WriteAsync(Noting(), _ => "fixed", default);
        Assert.Equal(2, told.Count);
        Assert.Equal(new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(1), told[0].Until);

        clock.Advance(TimeSpan.FromDays(1));
        await notes.WriteAsync(Noting(), _ => "fixed", default);
        Assert.Equal(3, told.Count);
    }

    [Fact]
    public async Task Failure_in_another_account_is_told_there_too()
    {
        findings.Setup(f => f.FindAsync(It.IsAny<ResourceKey>(), It.IsAny<string>(), It.IsAny<RuleRef>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(FakeAws.Error("securityhub:GetFindings", "AccessDeniedException", 403));
        var (notes, other) = (Notes, Some.Incident(Some.Bucket() with { Account = "222222222222" }) with { Terms = Noting().Terms });

        await notes.WriteAsync(Noting(), _ => "fixed", default);
        await notes.WriteAsync(other, _ => "fixed", default);

        Assert.Equal([FakeAws.Account, "222222222222"], told.Select(t => t.First.Resource.Account));
    }

    [Fact]
    public async Task Who_stops_the_work_stops_the_note_too()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        findings.Setup(f => f.FindAsync(It.IsAny<ResourceKey>(), It.IsAny<string>(), It.IsAny<RuleRef>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new OperationCanceledException());

        await Assert.ThrowsAsync<OperationCanceledException>(() => Notes.WriteAsync(Noting(), _ => "fixed", stopped.Token));

        var noted = await Notes.WriteAsync(Noting(), _ => "fixed", default);
        Assert.Equal("no note on Security Hub's finding: Security Hub did not answer in time", noted.Entries[^1].What);
    }

    [Fact]
    public void Note_names_the_incident_and_no_values()
    {
        var incident = Some.Incident() with { Terms = Some.Incident().Terms with { Playbook = "s3/a" } };

        Assert.Equal(
            $"Remediator changed  with s3/a and read it back as right (incident {incident.Id}). To undo: remediator undo {incident.Id}.",
            FindingNotes.Fixed(incident));
        Assert.Equal(
            $"Remediator put back what it had changed, and leaves the resource alone for now (incident {incident.Id}).",
            FindingNotes.Undone(incident));
    }

    [Fact]
    public void Note_names_each_place_that_was_changed_once()
    {
        StepPlan Step(string name) => new()
        {
            Step = name,
            Before = Some.Json("""{"a":1,"b":{"c":1}}"""),
            After = Some.Json("""{"a":2,"b":{"c":2}}"""),
            Calls = [],
        };
        var incident = Some.Incident() with { Change = Some.Planned(new([Step("one"), Step("two")])) };

        Assert.StartsWith("Remediator changed a, b.c with ", FindingNotes.Fixed(incident), StringComparison.Ordinal);
    }

    private static Incident Noting() => Some.Incident() with { Terms = Some.Incident().Terms with { NotesFindings = true } };

    private void Find(params Finding[] found) => findings
        .Setup(f => f.FindAsync(It.IsAny<ResourceKey>(), It.IsAny<string>(), It.IsAny<RuleRef>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync(found);
}
