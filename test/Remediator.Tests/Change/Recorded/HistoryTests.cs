using System.Globalization;
using System.Text.Json;
using Remediator.Aws;
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
        _items.Add(Bucket with { Type = "AWS::Config::ResourceCompliance", Id = "AWS::S3::Bucket/reports" },
            Timeline(-9, "NON_COMPLIANT"), Timeline(-50, "COMPLIANT"));

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
        _items.Add(
            Bucket with
            {
                Type = "AWS::Config::ResourceCompliance",
                Id = "AWS::S3::Bucket/reports",
            },
            Timeline(-50, "COMPLIANT", "another"));

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

    private async Task<Reason> RefusedAsync(HistoryQuestion question) =>
        Assert.IsType<HistoryLookup.None>(await new History(_items, _clock).FindAsync(question, CancellationToken.None)).Why;

    private static string? Name(ConfigurationItem item) => item.Document.Member("configuration").TextOf("name");

    private JsonElement Item(int minutes, string name, string status = "OK", string created = "2026-09-01T00:00:00Z") =>
        Json.Parse(
            $$$"""
            {"configurationItemCaptureTime":"{{{Time(
                minutes
            )}}}","configurationItemStatus":"{{{status}}}","configurationStateId":"{{{minutes}}}",
             "arn":"arn:aws:s3:::reports","resourceType":"AWS::S3::Bucket","resourceId":"reports","accountId":"123456789012",
              "awsRegion":"us-east-1",
             "resourceCreationTime":"{{{created}}}","configuration":"{\"name\":\"{{{name}}}\"}","supplementaryConfiguration":{},"tags":{}}
            """
        );

    private JsonElement Timeline(int minutes, string type, string rule = "our-rule") =>
        Json.Parse(
            $$$"""
            {"configurationItemCaptureTime":"{{{Time(minutes)}}}","configurationItemStatus":"OK","configurationStateId":"{{{minutes}}}",
             "resourceType":"AWS::Config::ResourceCompliance","configuration":{{{Json.Text(Compliance(type, rule)).GetRawText()}}}}
            """
        );

    private static string Compliance(string type, string rule) =>
        $$$"""{"complianceType":"{{{type}}}","configRuleList":[{"configRuleName":"{{{rule}}}","complianceType":"{{{type}}}"}]}""";

    private string Time(int minutes) => At(minutes).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private sealed class RecordedItems : IConfigHistory
    {
        private readonly Dictionary<string, JsonElement[]> _items = [];

        public int Given { get; private set; }

        public void Add(ResourceKey resource, params JsonElement[] items) => _items[$"{resource.Type}/{resource.Id}"] = items;

        public async IAsyncEnumerable<JsonElement> ItemsAsync(
            string account,
            string region,
            string type,
            string id,
            DateTimeOffset since,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            foreach (var item in _items.GetValueOrDefault($"{type}/{id}", []))
            {
                await Task.Yield();
                if (DateTimeOffset.Parse(item.TextOf("configurationItemCaptureTime")!, CultureInfo.InvariantCulture) >= since)
                {
                    Given++;
                    yield return item;
                }
            }
        }
    }
}
