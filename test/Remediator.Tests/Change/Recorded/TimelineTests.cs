using System.Text.Json;
using Remediator.Change.Recorded;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded;

/// <summary>What a person sees of a resource's past: each item with what differs from the one before, and what rules said.</summary>
public sealed class TimelineTests : IDisposable
{
    private const string Head = """
        summary: Sets it.
        resource: AWS::X::Thing
        impact: none
        manual: Ask.

        """;

    private const string Wanted = Head + """
        rules: [X_RULE]
        steps:
          - name: level
            read: {call: x:Read, take: Setting}
            recorded: "configuration.level"
            ignore: [etag]
            want: {a: 1}
            write: {call: x:Write, with: {Setting: "${target}"}}
          - name: unrecorded
            read: {call: x:ReadOther, take: Setting}
            want: 1
            write: {call: x:WriteOther, with: {Setting: "${target}"}}
        """;

    /// <summary>The same setting, for rollbacks alone.</summary>
    private const string Whole = Head + """
        rules: []
        read: {call: x:Read, take: Setting}
        recorded: "configuration.level"
        ignore: [etag]
        write: {call: x:Write, with: {Setting: "${target}"}}
        """;

    private const string Owner = Head + """
        rules: []
        read: {call: x:Read, take: Owner}
        recorded: "{IsSelf: configuration.owner == ${resource.id}, IsKind: configuration.kind == ${resource.type}}"
        write: {call: x:Write, with: {Owner: "${target}"}}
        """;

    private const string Names = Head + """
        rules: []
        read: {call: x:Read, take: Names}
        recorded: "sort(configuration.names)"
        write: {call: x:Write, with: {Names: "${target}"}}
        """;

    private static readonly ResourceKey Thing = new("123456789012", "us-east-1", "AWS::X::Thing", "one");
    private static readonly ResourceKey Queue = Thing with { Type = "AWS::SQS::Queue" };
    private readonly TestClock _clock = new();
    private readonly RecordedItems _items = new();
    private readonly SomePlaybooks _playbooks = new(("x/level", Wanted), ("x/owner", Owner), ("x/names", Names));

    public void Dispose() => _playbooks.Dispose();

    [Fact]
    public async Task Each_item_shows_the_settings_that_differ_from_the_one_before_it_the_newest_first()
    {
        _items.Add(
            Thing,
            Item(Thing, -10, """{"level":{"a":3,"b":1,"etag":"z"}}"""),
            Item(Thing, -20, """{"level":{"a":2,"b":1,"etag":"y"}}"""),
            Item(Thing, -30, """{"level":{"a":2,"b":1,"etag":"x"}}"""));

        Assert.Equal(
            ["-10 Recorded: x/level/level a 2 -> 3", "-20 Recorded:", "-30 Recorded, the oldest:"], await ShownAsync(Thing));
    }

    [Fact]
    public async Task What_rules_said_stands_between_the_items_by_its_time()
    {
        _items.Add(Thing, Item(Thing, -10, "{}"), Item(Thing, -40, "{}"));
        _items.Said(
            Thing,
            Verdict(-9, """{"configRuleName":"ours","complianceType":"NON_COMPLIANT"},{"configRuleArn":"arn:x"}"""),
            Verdict(-39, """{"configRuleName":"ours","complianceType":"COMPLIANT"},{"configRuleName":"b","complianceType":"COMPLIANT"}"""));

        Assert.Equal(
            ["-9 ours=NON_COMPLIANT =", "-10 Recorded:", "-39 ours=COMPLIANT b=COMPLIANT", "-40 Recorded, the oldest:"],
            await ShownAsync(Thing));
    }

    [Fact]
    public async Task Only_what_was_recorded_in_the_time_asked_for_is_shown()
    {
        var month = 30 * 24 * 60;
        _items.Add(Thing, Item(Thing, -month, "{}"), Item(Thing, -month - 1, "{}"));
        _items.Said(
            Thing,
            Verdict(-month, """{"configRuleName":"ours","complianceType":"COMPLIANT"}"""),
            Verdict(-month - 1, """{"configRuleName":"ours","complianceType":"COMPLIANT"}"""));

        Assert.Equal([$"-{month} Recorded, the oldest:", $"-{month} ours=COMPLIANT"], await ShownAsync(Thing));
    }

    [Fact]
    public async Task Nothing_is_compared_with_an_item_that_does_not_say_what_was_set()
    {
        _items.Add(
            Thing,
            Item(Thing, -10, """{"level":{"a":4}}"""),
            Item(Thing, -20, """{"level":{"a":3}}""", "ResourceNotRecorded"),
            Item(Thing, -30, """{"level":{"a":2}}"""),
            Item(Thing, -40, "{}", "ResourceDeleted"),
            Item(Thing, -50, """{"level":{"a":1}}"""));

        Assert.Equal(
            ["-10 Recorded:", "-20 NotRecorded:", "-30 Recorded:", "-40 Deleted:", "-50 Recorded, the oldest:"], await ShownAsync(Thing));
    }

    [Fact]
    public async Task Expressions_know_which_resource_the_item_is_of()
    {
        _items.Add(
            Thing,
            Item(Thing, -10, """{"owner":"one","kind":"AWS::X::Thing"}"""),
            Item(Thing, -20, """{"owner":"two","kind":"other"}"""));

        Assert.Equal("-10 Recorded: x/owner IsSelf false -> true; x/owner IsKind false -> true", (await ShownAsync(Thing))[0]);
    }

    [Fact]
    public async Task An_item_that_an_expression_does_not_understand_is_shown_without_that_setting()
    {
        _items.Add(
            Thing, Item(Thing, -10, """{"names":5,"level":{"a":2}}"""), Item(Thing, -20, """{"names":["b"],"level":{"a":1}}"""));

        Assert.Equal(
            "-10 Recorded: x/names the whole setting [\"b\"] -> null; x/level/level a 1 -> 2", (await ShownAsync(Thing))[0]);
    }

    [Fact]
    public async Task A_setting_that_two_playbooks_know_is_shown_once_by_the_name_of_the_one_that_puts_all_of_it_back()
    {
        using var playbooks = new SomePlaybooks(("x/level", Wanted), ("x/whole", Whole));
        _items.Add(Thing, Item(Thing, -10, """{"level":{"a":2}}"""), Item(Thing, -20, """{"level":{"a":1}}"""));

        Assert.Equal("-10 Recorded: x/whole a 1 -> 2", (await ShownAsync(Thing, playbooks))[0]);
    }

    /// <summary>Numbers are recorded as numbers or as text, and the ARN is nothing that a rollback puts back.</summary>
    [Theory]
    [InlineData("""{"QueueName":"one","DelaySeconds":5,"Arn":"b"}""", " AWS::SQS::Queue DelaySeconds \"0\" -> 5")]
    [InlineData("""{"QueueName":"one","DelaySeconds":0,"Arn":"b"}""", "")]
    [InlineData("""{"queueName":"one","delaySeconds":5}""", "")]
    public async Task Model_of_a_registered_type_shows_what_a_rollback_would_put_back(string now, string shown)
    {
        _items.Add(
            Queue, Item(Queue, -10, now), Item(Queue, -20, """{"QueueName":"one","DelaySeconds":"0","Arn":"a"}"""));

        Assert.Equal($"-10 Recorded:{shown}", (await ShownAsync(Queue))[0]);
    }

    [Theory]
    [InlineData("OK", """{"queueName":"one","delaySeconds":0}""")]
    [InlineData("ResourceNotRecorded", """{"QueueName":"one","DelaySeconds":0}""")]
    public async Task Model_is_not_compared_with_an_item_that_does_not_hold_one(string status, string before)
    {
        _items.Add(Queue, Item(Queue, -10, """{"QueueName":"one","DelaySeconds":5}"""), Item(Queue, -20, before, status));

        Assert.Equal("-10 Recorded:", (await ShownAsync(Queue))[0]);
    }

    [Fact]
    public async Task Deletion_of_a_registered_type_changes_no_setting()
    {
        _items.Add(
            Queue,
            Item(Queue, -10, """{"QueueName":"one","DelaySeconds":5}""", "ResourceDeleted"),
            Item(Queue, -20, """{"QueueName":"one","DelaySeconds":0}"""));

        Assert.Equal("-10 Deleted:", (await ShownAsync(Queue))[0]);
    }

    private async Task<List<string>> ShownAsync(ResourceKey resource, SomePlaybooks? playbooks = null)
    {
        var timeline = new Timeline(_items, (playbooks ?? _playbooks).Library, _clock);
        var entries = await timeline.OfAsync(resource, TimeSpan.FromDays(30), CancellationToken.None);
        return [.. entries.Select(Shown)];
    }

    private string Shown(TimelineEntry entry)
    {
        var at = $"{(entry.At - _clock.GetUtcNow()).TotalMinutes}";
        if (entry.StateId.Length == 0)
        {
            Assert.Empty(entry.Changes);
            return $"{at} {string.Join(' ', entry.Verdicts.Select(v => $"{v.Rule}={v.Compliance}"))}";
        }

        Assert.Empty(entry.Verdicts);
        var changes = entry.Changes.Select(c => $" {c.Setting} {c.Difference.At} {Raw(c.Difference.Old)} -> {Raw(c.Difference.New)}");
        return $"{at} {entry.Status}{(entry.IsOldest ? ", the oldest" : "")}:{string.Join(';', changes)}";
    }

    private static string Raw(JsonElement value) => value.IsNull() ? "null" : value.GetRawText();

    private JsonElement Item(ResourceKey resource, int minutes, string configuration, string status = "OK") =>
        RollbackScenarios.Item(resource, _clock.GetUtcNow(), minutes, status, configuration, "{}", "{}");

    private JsonElement Verdict(int minutes, string rules) =>
        Item(Thing, minutes, $$"""{"configRuleList":[{{rules}}]}""");
}
