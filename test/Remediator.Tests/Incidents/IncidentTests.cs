using System.Text.Json;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Incidents;

/// <summary>What an incident says of itself, and how its history is kept short.</summary>
public sealed class IncidentTests
{
    private static readonly DateTimeOffset Now = Some.Time.AddMinutes(1);

    /// <summary>A history has room for so many lines; what is counted has to outlast them.</summary>
    [Fact]
    public void Fix_is_counted_also_once_the_history_has_let_its_line_go()
    {
        static Incident Noted(Incident incident, int lines) =>
            Enumerable.Range(0, lines).Aggregate(incident, (i, n) => i.Noted(EntryKind.Noted, $"line {n} of {lines}", Some.Time));

        var incident = Noted(Noted(Some.Incident(), 10).Noted(EntryKind.Right, "reads right", Some.Time), 200);

        Assert.DoesNotContain(incident.Entries, e => e.Kind is EntryKind.Right);
        Assert.Equal((1, true, Some.Time), (incident.Course!.Fixes, incident.Course.IsStanding, incident.Course.RightAt));
    }

    [Fact]
    public void Change_is_made_in_the_name_of_whoever_agreed_last()
    {
        var asked = Some.Incident() with { Origin = Some.Incident().Origin with { Asked = new(Now) { By = "lee" } } };
        var agreed = asked with { Change = Some.Planned() with { AgreedBy = "kim" } };

        Assert.Null(Some.Incident().AgreedBy);
        Assert.Equal("lee", asked.AgreedBy);
        Assert.Equal("kim", agreed.AgreedBy);
        Assert.Equal("pat", (agreed with { ApprovedBy = "pat" }).AgreedBy);
    }

    [Fact]
    public void Of_a_change_made_in_part_what_is_left_is_asked_about()
    {
        var change = Some.Planned(new([Step("one"), Step("two"), Step("three")]));
        var incident = Some.Incident() with { Change = change };

        Assert.Equal(["one", "two", "three"], incident.Asked!.Steps.Select(s => s.Step));
        Assert.Equal(["two", "three"], (incident with { Change = change with { AsksAt = 1 } }).Asked!.Steps.Select(s => s.Step));
        Assert.Null(Some.Incident().Asked);
    }

    [Fact]
    public void Lines_that_repeat_themselves_are_kept_as_the_first_and_the_last()
    {
        var incident = Some.Incident();
        for (var n = 0; n < 5; n++)
        {
            incident = incident.Noted(EntryKind.Waiting, "not right yet", Now.AddMinutes(n));
        }

        Assert.Equal([Now, Now.AddMinutes(4)], incident.Entries.Select(e => e.At));
        Assert.Equal(3, incident.Noted(EntryKind.Waiting, "another", Now).Entries.Length);
    }

    [Fact]
    public void Of_too_many_lines_the_first_five_and_the_last_are_kept()
    {
        var incident = Some.Incident();
        for (var n = 1; n <= 103; n++)
        {
            incident = incident.Noted(EntryKind.Noted, $"{n}", Now);
            Assert.Equal(Math.Min(n, 100), incident.Entries.Length);
        }

        Assert.Equal(["1", "2", "3", "4", "5", "9"], incident.Entries.Take(6).Select(e => e.What));
        Assert.Equal("103", incident.Entries[^1].What);
    }

    [Fact]
    public void Of_too_much_text_the_first_five_lines_and_the_last_are_kept_and_each_line_has_a_length()
    {
        var incident = Some.Incident();
        for (var n = 1; n <= 20; n++)
        {
            incident = incident.Noted(EntryKind.Noted, $"{n:00}{new string('x', 1000)}", Now);
        }

        Assert.All(incident.Entries, e => Assert.InRange(e.What.Length, 690, 700));
        Assert.Equal(11, incident.Entries.Length);
        Assert.Equal(["01", "02", "03", "04", "05", "15", "16", "17", "18", "19", "20"], incident.Entries.Select(e => e.What[..2]));
    }

    [Fact]
    public void Text_of_exactly_the_room_is_kept()
    {
        var incident = Some.Incident();
        for (var n = 10; n < 26; n++)
        {
            incident = incident.Noted(EntryKind.Noted, $"{n}{new string('x', 498)}", Now);
        }

        Assert.Equal(16, incident.Entries.Length);
        Assert.Equal(16, incident.Noted(EntryKind.Noted, "y", Now).Entries.Length);
    }

    [Fact]
    public void What_was_not_understood_is_named()
    {
        var later = LaterValues.Read<NoticeState>("Sung");

        Assert.Null(Some.Incident().NotUnderstood);
        Assert.Equal(
            $"Incident {Some.Incident().Id} is left alone: only a later version knows its notice Sung.",
            (Some.Incident() with { Telling = new() { Notice = later } }).NotUnderstood);
        Assert.Contains(
            "its state Paused.",
            (Some.Incident() with { State = LaterValues.Read<IncidentState>("Paused") }).NotUnderstood,
            StringComparison.Ordinal);
        Assert.Contains(
            "its mode Maybe.",
            (Some.Incident() with { Terms = new() { Mode = LaterValues.Read<Mode>("Maybe") } }).NotUnderstood,
            StringComparison.Ordinal);
        var begun = new StartedRunbook("The thing", "{}", "token", Now) { Operation = "a:Later" };
        Assert.EndsWith(
            "its call a:Later.",
            (Some.Incident() with { Change = Some.Planned() with { Runbook = begun } }).NotUnderstood,
            StringComparison.Ordinal);
        Assert.Null((Some.Incident() with { Change = Some.Planned() with { Runbook = begun with { Operation = null } } }).NotUnderstood);
    }

    [Theory]
    [InlineData("Fixed", true, true, true)]
    [InlineData("Fixed", true, false, false)]
    [InlineData("Fixed", false, true, false)]
    [InlineData("Escalated", true, true, false)]
    public void Alarms_are_watched_while_the_fix_is_in_place_and_their_time_is_not_over(
        string state, bool isInPlace, bool hasEnd, bool isWatched)
    {
        var watch = new AlarmWatch(["errors"], TimeSpan.FromHours(1)) { From = Now, Until = hasEnd ? Now.AddHours(1) : null };
        var incident = Some.Incident() with
        {
            State = Enum.Parse<IncidentState>(state),
            Change = Some.Planned() with { IsInPlace = isInPlace, Watch = watch },
        };

        Assert.Equal(isWatched ? watch : null, incident.Watched);
        Assert.Null((incident with { Change = incident.Change! with { Watch = null } }).Watched);
        Assert.Null((incident with { Change = null }).Watched);
    }

    [Fact]
    public void What_was_shown_is_the_help_in_place_of_a_plan_or_else_what_stands_beside_it()
    {
        var (beside, instead) = (new Evidence(Now, []), new Evidence(Now, [new("a", ["b", "c"])]));
        var asked = Some.Incident() with { Change = Some.Planned() with { Evidence = beside } };

        Assert.Same(beside, asked.Shown);
        Assert.Same(instead, (asked with { Telling = new() { Help = new(instead, []) } }).Shown);
        Assert.Null(Some.Incident().Shown);
        Assert.Equal(["a: b", "a: c"], instead.Lines);
    }

    [Fact]
    public void What_the_policy_did_not_say_is_empty()
    {
        var terms = new Terms();

        Assert.Equal(
            ("", "", "", "", Severity.Warning), (terms.RuleIdentifier, terms.Playbook, terms.Owner, terms.Environment, terms.Severity));
    }

    [Fact]
    public void Sources_of_tags_are_named_each() => Assert.Equal(
        ("team: the stack, env: the account", "", ""),
        (
            Tagged("""{"tagSources":{"team":"the stack","env":"the account"}}"""), Tagged("""{"tagSources":[1]}"""), Tagged("{}")));

    /// <summary>What is changed part by part is told by its parts, whether they go or come.</summary>
    [Theory]
    [InlineData("[]", "[]", false, "Level 1 2")]
    [InlineData("[1]", "[]", true, "what has to go 1 ")]
    [InlineData("[]", "[2]", true, "what has to come back  2")]
    [InlineData("[1]", "[2]", true, "what has to go 1 |what has to come back  2")]
    public void Step_is_told_by_its_parts_where_it_has_any(string removed, string added, bool isByPart, string differences)
    {
        var step = Step("one") with
        {
            Before = Some.Json("""{"Level":1}"""),
            After = Some.Json("""{"Level":2}"""),
            Removed = [.. Some.Json(removed).EnumerateArray()],
            Added = [.. Some.Json(added).EnumerateArray()],
        };

        Assert.Equal(isByPart, step.IsByPart);
        Assert.Equal(
            differences,
            string.Join('|', step.Differences(StateComparer.Exact).Select(d => $"{d.At} {Raw(d.Old)} {Raw(d.New)}")));
        var going = Assert.Single((Step("one") with { Deletes = true }).Differences(StateComparer.Exact));
        Assert.Equal(("the resource", "{}", ""), (going.At, Raw(going.Old), Raw(going.New)));

        static string Raw(JsonElement value) => value.IsNull() ? "" : value.GetRawText();
    }

    [Fact]
    public void What_cannot_be_written_says_how_much_it_is_and_what_is_lost_who_has_it()
    {
        Assert.Equal(
            "Incident an-id takes 400 KiB with its before-state and its calls, and the journal keeps 185 KiB.",
            new IncidentTooLargeException("an-id", 400 * 1024, 190_000).Message);
        Assert.Equal(
            "The lease on the resource of incident an-id is lost: another worker goes on with it.",
            new LeaseLostException("an-id").Message);
        Assert.Equal(
            "The journal was busy: other changes were counted at the same time, again and again.",
            new JournalBusyException(new InvalidOperationException()).Message);
    }

    [Fact]
    public void Rollback_by_several_playbooks_is_undone_by_them_as_one_of_its_type()
    {
        var library = new PlaybookLibrary(Repository.At("playbooks"));
        PlaybookVersion[] versions =
        [
            .. new[] { "s3/bucket-versioning", "s3/bucket-encryption" }
                .Select(name => new PlaybookVersion(name, PlaybookLibrary.HashOf(library.Load(name).Source))),
        ];
        var change = Some.Planned() with
        {
            Inputs = Some.Json("""{"resource":{"type":"AWS::S3::Bucket"}}"""),
            Recorded = new(Now, new("1", Now), new("2", Now)) { Playbooks = [.. versions] },
        };

        var playbook = new IncidentPlaybooks(library).Of(change);

        Assert.Equal(("rollback/AWS::S3::Bucket", "AWS::S3::Bucket"), (playbook.Name, Assert.Single(playbook.Resources)));
        Assert.Equal(versions.Select(v => v.Name), playbook.Steps.Select(s => s.Of));
        Assert.Equal("rollback/", new IncidentPlaybooks(library).Of(change with { Inputs = Some.Json("{}") }).Name);
    }

    [Fact]
    public void Plan_is_another_one_where_any_call_of_it_is()
    {
        static Plan Of(params string[] inputs) =>
            new([Step("one") with { Calls = [.. inputs.Select(i => new PlannedCall("a:B", Some.Json(i)))] }]);

        Assert.False(Of("1", "2").IsOtherThan(null));
        Assert.False(Of("1", "2").IsOtherThan(Of("1", "2")));
        Assert.True(Of("1", "2").IsOtherThan(Of("1", "3")));
        Assert.True(Of("1", "2").IsOtherThan(Of("3", "2")));
        Assert.True(Of("1", "2").IsOtherThan(Of("1")));
    }

    /// <summary>Seven letters of five bits are the seconds since 1970, so that ids are in the order of their times.</summary>
    [Theory]
    [InlineData(0, "0000-000")]
    [InlineData(-5, "0000-000")]
    [InlineData(33, "0000-011")]
    [InlineData(1_790_924_626, "1NBY-NTJ")]
    public void Id_begins_with_the_time(long seconds, string begin) => Assert.StartsWith(
        begin, IncidentId.Of("key", DateTimeOffset.FromUnixTimeSeconds(seconds)).Value, StringComparison.Ordinal);

    [Theory]
    [InlineData("1abc-de2f-3g4h", "1ABC-DE2F-3G4H")]
    [InlineData(" olil DE2F3G4H", null)]
    [InlineData("OLIL-DE2F-3G4H", "0111-DE2F-3G4H")]
    [InlineData("1ABC-DE2F-3G4U", null)]
    [InlineData("UUUU-UUUU-UUUU", null)]
    [InlineData("1ABC-DE2F-3G4", null)]
    public void Id_is_read_as_a_person_may_type_it(string text, string? id)
    {
        Assert.Equal(id is not null, IncidentId.TryParse(text, out var read));
        Assert.Equal(id, read.Value);
    }

    private static string Tagged(string inputs) => (Some.Planned() with { Inputs = Some.Json(inputs) }).TagsFrom;

    [Theory]
    [InlineData("1", "us-east-1", "AWS::S3::Bucket a (1, us-east-1)")]
    [InlineData("1", "", "AWS::S3::Bucket a (1)")]
    [InlineData("", "", "AWS::S3::Bucket a")]
    public void Resource_is_named_with_where_it_lives(string account, string region, string says) =>
        Assert.Equal(says, new ResourceKey(account, region, "AWS::S3::Bucket", "a").ToString());

    [Theory]
    [InlineData(true, "a, b, those of its stack, for 10 minutes")]
    [InlineData(false, "a, b, for 10 minutes")]
    public void Alarms_are_named_with_how_long_they_are_watched(bool ofStack, string says) =>
        Assert.Equal(says, new UndoOn(["a", "b"], ofStack, TimeSpan.FromMinutes(10)).ToString());

    private static StepPlan Step(string name) => new()
    {
        Step = name,
        Before = Some.Json("{}"),
        After = Some.Json("{}"),
        Calls = [],
    };
}
