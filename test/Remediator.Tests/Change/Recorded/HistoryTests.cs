using System.Globalization;
using System.Text.Json;
using Remediator.Change.Recorded;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded;

public sealed class HistoryTests
{
    private static readonly RuleRef Rule = new("our-rule", "arn:aws:config:us-east-1:123456789012:config-rule/config-rule-abc123");
    private static readonly ResourceKey Bucket = new("123456789012", "us-east-1", "AWS::S3::Bucket", "reports");
    private readonly TestClock _clock = new();
    private readonly RecordedItems _items = new();

    [Fact]
    public async Task A_change_triggered_rule_gives_the_item_before_the_one_it_judged()
    {
        _items.Add(Bucket, Item(-1, "later"), Item(-10, "bad"), Item(-60, "good"), Item(-90, "older"));

        var drift = await FoundAsync(Question with { CompliantBefore = At(-90), FoundAt = At(-10) });

        Assert.Equal(("good", "bad", "later"), (Name(drift.Good), Name(drift.Bad), Name(drift.Latest)));
    }

    [Fact]
    public async Task A_periodic_rule_gives_the_newest_item_from_when_it_held()
    {
        _items.Add(Bucket, Item(-1, "later"), Item(-20, "bad"), Item(-60, "between"), Item(-90, "good"), Item(-95, "older"));

        var drift = await FoundAsync(Question with { CompliantBefore = At(-80), FoundAt = At(-10), Trigger = RuleTrigger.Periodic });

        Assert.Equal(("good", "bad", "later"), (Name(drift.Good), Name(drift.Bad), Name(drift.Latest)));
    }

    [Fact]
    public async Task Without_event_and_journal_the_timeline_shows_when_it_was_right()
    {
        _items.Add(Bucket, Item(-10, "bad"), Item(-60, "good"));
        _items.Said(Bucket, Timeline(-9, "NON_COMPLIANT"), Timeline(-50, "COMPLIANT"));

        var drift = await FoundAsync(Question with { FoundAt = At(-10) });

        Assert.Equal(At(-50), drift.CompliantAt);
        Assert.Equal("good", Name(drift.Good));
    }

    [Fact]
    public async Task What_never_complied_has_nothing_to_roll_back_to()
    {
        _items.Add(Bucket, Item(-10, "bad"));

        Assert.Equal(Reason.NeverCompliant, await RefusedAsync(Question with { FoundAt = At(-10) }));
    }

    [Fact]
    public async Task Results_of_other_rules_in_the_timeline_do_not_count()
    {
        _items.Add(Bucket, Item(-10, "bad"), Item(-60, "good"));
        _items.Said(Bucket, Timeline(-50, "COMPLIANT", "another"));

        Assert.Equal(Reason.NeverCompliant, await RefusedAsync(Question with { FoundAt = At(-10) }));
    }

    [Fact]
    public async Task A_resource_that_was_made_anew_is_another_one()
    {
        _items.Add(Bucket, Item(-10, "bad"), Item(-30, "gone", "ResourceDeleted"), Item(-60, "good"));

        Assert.Equal(Reason.IdentityChanged, await RefusedAsync(Question with { CompliantBefore = At(-60), FoundAt = At(-10) }));
    }

    [Fact]
    public async Task A_resource_with_another_creation_time_is_another_one()
    {
        _items.Add(Bucket, Item(-10, "bad", created: "2026-09-01T00:00:00Z"), Item(-60, "good", created: "2024-09-01T00:00:00Z"));

        Assert.Equal(Reason.IdentityChanged, await RefusedAsync(Question with { CompliantBefore = At(-60), FoundAt = At(-10) }));
    }

    [Fact]
    public async Task Items_from_before_the_allowed_age_are_not_asked_for()
    {
        _items.Add(Bucket, Item(-10, "bad"), Item(-60 * 24 * 40, "good"));

        Assert.Equal(Reason.TooOld, await RefusedAsync(Question with { CompliantBefore = At(-60), FoundAt = At(-10) }));
    }

    [Fact]
    public async Task A_resource_that_Config_never_recorded_has_no_history() =>
        Assert.Equal(Reason.NoHistory, await RefusedAsync(Question with { CompliantBefore = At(-60) }));

    [Fact]
    public async Task No_item_is_read_beyond_the_good_one()
    {
        _items.Add(Bucket, Item(-10, "bad"), Item(-60, "good"), Item(-90, "older"));

        await FoundAsync(Question with { CompliantBefore = At(-60), FoundAt = At(-10) });

        Assert.Equal(2, _items.Given);
    }

    [Theory]
    [InlineData("configuration", "null")]
    [InlineData("configuration", "\"no JSON\"")]
    [InlineData("supplementaryConfiguration", "{\"Policy\":\"\\ud800\"}")]
    public async Task Item_that_cannot_be_read_is_refused_with_a_clear_reason(string member, string value)
    {
        _items.Add(Bucket, Item(-10, "bad"), With(Item(-60, "good"), member, Json.Parse(value)));

        var none = Assert.IsType<HistoryLookup.None>(
            await new History(_items, _clock).FindAsync(
                Question with { CompliantBefore = At(-60), FoundAt = At(-10) }, CancellationToken.None));

        Assert.Equal(Reason.NoHistory, none.Why);
        Assert.StartsWith("What AWS Config recorded cannot be read.", none.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_never_complied_or_was_never_recorded_is_said_in_words()
    {
        Assert.Equal(
            "Nothing says that the resource ever complied with this rule: there is no value to roll back to.",
            (await NoneAsync(Question)).Text);
        Assert.Equal(
            "AWS Config has no recorded configuration of the resource.",
            (await NoneAsync(Question with { CompliantBefore = At(-60) })).Text);
    }

    [Theory]
    [InlineData(30, "30")]
    [InlineData(1.5, "1.5")]
    public async Task What_is_too_old_is_said_with_the_policys_limit(double days, string written)
    {
        _items.Add(Bucket, Item(-10, "bad"), Item(-20, "later"));

        var none = await NoneAsync(Question with { CompliantBefore = At(-60), MostAge = TimeSpan.FromDays(days) });

        Assert.Equal(
            "AWS Config has no item from before the change that is newer than the policy's rollback.max-age "
            + $"({written} days; that is {_clock.GetUtcNow().AddDays(-days).UtcDateTime:u}).",
            none.Text);
    }

    [Fact]
    public async Task Deletion_is_said_with_its_time_and_whether_the_resource_is_there_again()
    {
        _items.Add(Bucket, Item(-30, "gone", "ResourceDeleted"), Item(-60, "good"));
        var gone = await NoneAsync(Question with { CompliantBefore = At(-60) });
        _items.Add(Bucket, Item(-10, "bad"), Item(-30, "gone", "ResourceDeleted"), Item(-60, "good"));
        var anew = await NoneAsync(Question with { CompliantBefore = At(-60) });

        Assert.Equal(
            (Reason.IdentityChanged, $"AWS Config recorded at {At(-30).UtcDateTime:u} that the resource was deleted."),
            (gone.Why, gone.Text));
        Assert.Equal(
            $"The resource was deleted and made anew since it complied (recorded at {At(-30).UtcDateTime:u}).", anew.Text);
    }

    [Fact]
    public async Task Another_resource_of_the_same_name_is_said_with_what_differs()
    {
        _items.Add(Bucket, Item(-10, "bad", created: "2026-09-01T00:00:00Z"), Item(-60, "good", created: "2024-09-01T00:00:00Z"));

        Assert.Equal(
            $"What complied at {At(-60).UtcDateTime:u} was another resource of the same name: its creation time differs.",
            (await NoneAsync(Question with { CompliantBefore = At(-60) })).Text);
    }

    [Fact]
    public async Task Item_from_when_Config_was_not_recording_is_passed_over()
    {
        _items.Add(
            Bucket,
            Item(-1, "not", "ResourceNotRecorded"), Item(-10, "bad"), Item(-30, "not", "ResourceNotRecorded"), Item(-60, "good"));

        var drift = await FoundAsync(Question with { CompliantBefore = At(-20), FoundAt = At(-10) });

        Assert.Equal(("good", "bad", "bad"), (Name(drift.Good), Name(drift.Bad), Name(drift.Latest)));
    }

    [Fact]
    public async Task Without_the_time_of_the_result_what_is_there_is_what_was_found_wrong()
    {
        _items.Add(Bucket, Item(-1, "later"), Item(-10, "bad"), Item(-60, "good"));

        var drift = await FoundAsync(Question with { CompliantBefore = At(-60) });

        Assert.Equal(("good", "later", "later"), (Name(drift.Good), Name(drift.Bad), Name(drift.Latest)));
    }

    /// <summary>Items have their time with milliseconds, and results may have it without.</summary>
    [Theory]
    [InlineData(0.9, "good", "bad")]
    [InlineData(1, "good", "bad")]
    [InlineData(1.1, "older", "good")]
    public async Task Result_and_item_are_of_one_time_where_they_are_a_second_apart(double seconds, string good, string bad)
    {
        _items.Add(Bucket, Item(-10, "bad", seconds: seconds), Item(-60, "good"), Item(-90, "older"));

        var drift = await FoundAsync(Question with { CompliantBefore = At(-80), FoundAt = At(-10), MostAge = TimeSpan.FromDays(1) });

        Assert.Equal((good, bad), (Name(drift.Good), Name(drift.Bad)));
    }

    [Theory]
    [InlineData(0.9, "good")]
    [InlineData(1, "good")]
    [InlineData(1.1, "older")]
    public async Task Item_that_is_up_to_a_second_later_than_the_good_result_is_the_one_that_it_judged(double seconds, string good)
    {
        _items.Add(Bucket, Item(-10, "bad"), Item(-60, "good", seconds: seconds), Item(-90, "older"));

        var drift = await FoundAsync(Question with { CompliantBefore = At(-60), FoundAt = At(-5) });

        Assert.Equal((good, "bad"), (Name(drift.Good), Name(drift.Bad)));
    }

    [Fact]
    public async Task Of_two_items_of_the_moment_that_was_judged_neither_is_good()
    {
        _items.Add(Bucket, Item(-10, "bad"), Item(-10, "bad too"), Item(-60, "good"));

        Assert.Equal("good", Name((await FoundAsync(Question with { CompliantBefore = At(-60), FoundAt = At(-10) })).Good));
    }

    [Fact]
    public async Task Where_the_result_is_of_no_items_time_the_newest_item_from_when_the_rule_held_is_good()
    {
        _items.Add(Bucket, Item(-20, "bad"), Item(-60, "between"), Item(-90, "good"));

        Assert.Equal("good", Name((await FoundAsync(Question with { CompliantBefore = At(-80), FoundAt = At(-10) })).Good));
    }

    [Theory]
    [InlineData("arn:aws:config:us-east-1:123456789012:config-rule/config-rule-abc123", "renamed", true)]
    [InlineData("arn:aws:config:us-east-1:123456789012:config-rule/config-rule-other", "our-rule", false)]
    [InlineData(null, "our-rule", true)]
    public async Task Rule_is_known_by_its_ARN_and_by_its_name_only_where_the_result_has_none(string? arn, string name, bool isFound)
    {
        _items.Add(Bucket, Item(-10, "bad"), Item(-60, "good"));
        _items.Said(Bucket, Verdicts(-50, Json.Object(
        [
            new("configRuleArn", arn is null ? Json.Null : Json.Text(arn)),
            new("configRuleName", Json.Text(name)),
            new("complianceType", Json.Text("COMPLIANT")),
        ])));

        var found = await new History(_items, _clock).FindAsync(Question with { FoundAt = At(-10) }, CancellationToken.None);

        Assert.Equal(isFound, found is HistoryLookup.Found);
    }

    [Fact]
    public async Task Only_results_that_say_COMPLIANT_while_the_resource_was_recorded_count()
    {
        _items.Add(Bucket, Item(-10, "bad"), Item(-60, "good"));
        _items.Said(
            Bucket,
            Timeline(-20, "NON_COMPLIANT"),
            Timeline(-30, "COMPLIANT", status: "ResourceDeleted"),
            Verdicts(-35, Json.Parse("[]")),
            With(Timeline(-38, "COMPLIANT"), "configuration", Json.Text("""{"configRuleList":"COMPLIANT"}""")));

        Assert.Equal(Reason.NeverCompliant, await RefusedAsync(Question with { FoundAt = At(-10) }));
    }

    private static JsonElement With(JsonElement item, string member, JsonElement value) =>
        Json.Write(w =>
        {
            w.WriteStartObject();
            foreach (var m in item.EnumerateObject())
            {
                w.WritePropertyName(m.Name);
                w.WriteRawValue((m.Name == member ? value : m.Value).GetRawText());
            }

            w.WriteEndObject();
        });

    private static HistoryQuestion Question => new(Bucket, "us-east-1", Rule, TimeSpan.FromDays(30));

    private DateTimeOffset At(int minutes) => _clock.GetUtcNow().AddMinutes(minutes);

    private async Task<Drift> FoundAsync(HistoryQuestion question) =>
        Assert.IsType<HistoryLookup.Found>(await new History(_items, _clock).FindAsync(question, CancellationToken.None)).Drift;

    private async Task<HistoryLookup.None> NoneAsync(HistoryQuestion question) =>
        Assert.IsType<HistoryLookup.None>(await new History(_items, _clock).FindAsync(question, CancellationToken.None));

    private async Task<Reason> RefusedAsync(HistoryQuestion question) => (await NoneAsync(question)).Why;

    private static string? Name(ConfigurationItem item) => item.Document.Member("configuration").TextOf("name");

    private JsonElement Item(int minutes, string name, string status = "OK", string created = "2026-09-01T00:00:00Z", double seconds = 0) =>
        Json.Parse(
            $$$"""
            {"configurationItemCaptureTime":"{{{Time(minutes, seconds)}}}","configurationItemStatus":"{{{status}}}",
             "configurationStateId":"{{{minutes}}}",
             "arn":"arn:aws:s3:::reports","resourceType":"AWS::S3::Bucket","resourceId":"reports","accountId":"123456789012",
              "awsRegion":"us-east-1",
             "resourceCreationTime":"{{{created}}}","configuration":"{\"name\":\"{{{name}}}\"}","supplementaryConfiguration":{},"tags":{}}
            """
        );

    private JsonElement Timeline(int minutes, string type, string rule = "our-rule", string status = "OK") => Verdicts(
        minutes, Json.Parse($$"""{"configRuleName":"{{rule}}","complianceType":"{{type}}"}"""), status);

    private JsonElement Verdicts(int minutes, JsonElement verdict, string status = "OK")
    {
        var list = Json.Object([new("configRuleList", Json.List([verdict]))]).GetRawText();
        return Json.Parse(
            $$$"""
            {"configurationItemCaptureTime":"{{{Time(minutes)}}}","configurationItemStatus":"{{{status}}}",
             "configurationStateId":"{{{minutes}}}","resourceType":"AWS::Config::ResourceCompliance",
             "configuration":{{{Json.Text(list).GetRawText()}}}}
            """
        );
    }

    private string Time(int minutes, double seconds = 0) =>
        At(minutes).AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
