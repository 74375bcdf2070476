using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Tests.Record;

/// <summary>
/// What any version stored stays readable for ever, and what a later one adds is not lost. The files in <c>Stored</c> never change.
/// </summary>
public sealed class StoredIncidentTests
{
    [Theory]
    [InlineData("incident-1.json", null)]
    [InlineData("incident-2.json", "01:00:00")]
    [InlineData("incident-3.json", "01:00:00")]
    public void Incident_of_every_version_is_read_with_all_that_it_says(string file, string? revertWindow)
    {
        var i = Read(Text(file));

        Assert.Equal(("1ABC-DE2F-3G4H", IncidentState.Fixed, 4), (i.Id, i.State, i.Version));
        Assert.Equal(new("123456789012", "us-east-1", "AWS::S3::Bucket", "some-bucket"), i.Resource);
        Assert.Equal("some-rule", i.Rule.Name);
        Assert.Equal((true, "it is open", At("07:03:40")), (i.Origin.IsFirst, i.Origin.Annotation, i.Origin.RecordedAt));
        Assert.Equal(
            new Terms
            {
                Mode = Mode.Auto,
                RuleIdentifier = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
                Playbook = "s3/bucket-public-access-block",
                Owner = "platform",
                Environment = "production",
                Severity = Severity.Critical,
                ConfirmWithin = TimeSpan.FromHours(49),
                RevertWindow = revertWindow is null ? null : TimeSpan.Parse(revertWindow, null),
            },
            i.Terms);
        Assert.Equal((true, 1, At("07:04:00"), "e-1"), (i.IsChanged, i.Change!.Step, i.Change.BeganAt, i.Change.Runbook!.Execution));
        Assert.Equal(
            ("s3/bucket-public-access-block", PlaybookLibrary.HashOf("summary: Blocks\n")), (i.Change.Playbook, i.Change.PlaybookHash));
        Assert.Equal("us-east-1", i.Change.Inputs.Member("event").TextOf("region"));
        Assert.Equal("s3:PutPublicAccessBlock", Assert.Single(i.Change.Plan.Calls).Operation);
        Assert.Equal("s3:DeletePublicAccessBlock", Assert.Single(i.Change.UndoCalls).Operation);
        Assert.Equal(
            (NoticeState.Due, Reason.Failed, 3, "bob"),
            (i.Telling.Notice, i.Telling.ToldReason, i.Telling.Reminders, i.Telling.AcknowledgedBy));
        Assert.Equal(At("07:04:00"), i.Telling.ToldAt);
        Assert.Equal(
            [
                new(NoticeKind.Escalation, "arn:aws:sns:us-east-1:123456789012:people"),
                new(NoticeKind.Resolved, "arn:aws:sns:us-east-1:123456789012:machines"),
            ],
            i.Telling.Reached.AsEnumerable());
        Assert.Equal((2, 1, Reason.Unconfirmed, "not yet", "alice"), (i.Attempts, i.Reverts, i.Reason, i.Detail, i.ApprovedBy));
        Assert.Equal((At("07:04:10"), At("07:07:10")), (i.FixedAt, i.Due));
        Assert.Equal(["applying 1 call", "applying what is left", "read back and found right"], i.Entries.Select(e => e.What));
    }

    [Fact]
    public void Incident_without_a_plan_has_no_change()
    {
        var i = Read(Text("incident-1-open.json"));

        Assert.Equal((IncidentState.Escalated, Reason.Unsupported, false), (i.State, i.Reason, i.IsChanged));
        Assert.Null(i.Change);
        Assert.Equal((null, Severity.Warning), (i.Terms.Mode, i.Terms.Severity));
        Assert.Empty(i.Telling.Reached);
    }

    [Fact]
    public void What_is_written_now_is_of_the_newest_version_and_reads_back_the_same()
    {
        Assert.Equal(Text("incident-3.json"), Written(Read(Text("incident-3.json"))));
        Assert.Equal(Text("incident-3.json"), Written(Read(Text("incident-2.json"))));
    }

    [Fact]
    public void Members_of_a_later_version_are_kept()
    {
        var later = Text("incident-3.json")
            .Replace("{\"v\":3,", "{\"v\":4,\"Evidence\":{\"read\":[1]},", StringComparison.Ordinal)
            .Replace("\"Owner\":\"platform\"", "\"Owner\":\"platform\",\"Team\":\"shop\"", StringComparison.Ordinal)
            .Replace("\"BeganAt\"", "\"Stack\":\"web\",\"BeganAt\"", StringComparison.Ordinal);

        var written = Json.Parse(Written(Transitions.Waiting(Read(later), "out of time", At("08:00:00"), At("08:00:00"))));

        Assert.Equal("""{"read":[1]}""", written.Member("Evidence").GetRawText());
        Assert.Equal("shop", written.Member("Terms").TextOf("Team"));
        Assert.Equal("web", written.Member("Change").TextOf("Stack"));
        Assert.Equal(3, written.Member("v").GetInt32());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void What_is_no_incident_is_refused(string text) =>
        Assert.Equal("The journal holds something that is no incident.", Assert.ThrowsAny<JsonException>(() => Read(text)).Message);

    [Fact]
    public void State_that_is_stored_by_a_number_is_refused() => Assert.Equal(
        "A IncidentState is stored by its name.",
        Assert.Throws<JsonException>(
            () => Read(Text("incident-3.json").Replace("\"State\":\"Fixed\"", "\"State\":5", StringComparison.Ordinal))).Message);

    /// <summary>The first version said nothing of the mode, or an empty text, where the service was not allowed to act.</summary>
    [Theory]
    [InlineData("\"Mode\":\"\",", null)]
    [InlineData("", null)]
    [InlineData("\"Mode\":\"approve\",", "Approve")]
    public void Mode_of_the_first_version_may_be_empty(string said, string? mode)
    {
        var stored = JsonNode.Parse(Text("incident-1-open.json"))!.AsObject();
        stored.Remove("Mode");

        Assert.Equal(mode, Read($"{{{said}{stored.ToJsonString()[1..]}").Terms.Mode?.ToString());
    }

    /// <summary>Of the first version a line of the history says when a change began, and a text which topics were told.</summary>
    [Fact]
    public void What_the_first_version_had_in_words_is_found_in_them()
    {
        var stored = JsonNode.Parse(Text("incident-1.json"))!.AsObject();
        var entries = stored["Entries"]!.AsArray();
        entries.Add(JsonNode.Parse("""{"At":"2026-10-02T07:09:00+00:00","Kind":"Noted","What":"is applying nothing"}"""));
        stored["Reached"] = "Escalation:a:b  Resolved:c";

        var read = Read(stored.ToJsonString());
        Assert.Equal(At("07:04:00"), read.Change!.BeganAt);
        Assert.Equal([new(NoticeKind.Escalation, "a:b"), new(NoticeKind.Resolved, "c")], read.Telling.Reached.AsEnumerable());

        entries.Clear();
        Assert.Null(Read(stored.ToJsonString()).Change!.BeganAt);
        stored.Remove("Entries");
        Assert.Null(Read(stored.ToJsonString()).Change!.BeganAt);
    }

    private static Incident Read(string text) => JournalJson.Read(Encoding.UTF8.GetBytes(text));

    private static string Written(Incident incident) => IncidentText.Of(incident);

    private static string Text(string file) => File.ReadAllText(Repository.At($"test/Remediator.Tests/Record/Stored/{file}")).Trim();

    private static DateTimeOffset At(string time) =>
        DateTimeOffset.Parse($"2026-10-02T{time}Z", System.Globalization.CultureInfo.InvariantCulture);
}
