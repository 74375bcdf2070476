using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Incidents;

/// <summary>What an incident says of itself, and how its history is kept short.</summary>
public sealed class IncidentTests
{
    private static readonly DateTimeOffset Now = Some.Time.AddMinutes(1);

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
    }

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
