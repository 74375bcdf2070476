using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;
using static Remediator.Tests.Learn.Ended;

namespace Remediator.Tests.Learn;

/// <summary>Undos by people are mentioned with later incidents, and support a suggestion of another mode.</summary>
public sealed class LessonTests
{
    private const string Identifier = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED";

    [Fact]
    public void Most_frequent_reason_is_named_however_it_was_spelt()
    {
        var lesson = Lesson.Of(
            "some-rule",
            [.. Changes(5), Undone("public on purpose"), Undone("Public on purpose."), Undone("migration"), Undone(null)]);

        Assert.Equal("undone 4 of 9 times, for example: public on purpose", lesson.Words);
        Assert.Equal("undone 2 of 2 times, mostly: migration", Lesson.Of("r", [Undone("migration"), Undone("migration")]).Words);
        Assert.Equal("", Lesson.Of("r", Changes(5)).Words);
    }

    [Theory]
    [InlineData(0, 3, "Observe")]
    [InlineData(2, 1, "Approve")]
    [InlineData(9, 1, null)]
    [InlineData(0, 2, null)]
    public void Mode_is_suggested_from_what_was_undone(int stood, int undone, string? mode) => Assert.Equal(
        mode,
        Lesson.Of("some-rule", [.. Changes(stood), .. Enumerable.Range(0, undone).Select(_ => Undone("no"))])
            .Suggests(Read("defaults: {mode: auto}"), Identifier)?.Mode.ToString());

    [Theory]
    [InlineData("defaults: {mode: approve}", "Auto")]
    [InlineData("rules: [{match: {rule: S3_BUCKET_VERSIONING_ENABLED}, mode: observe}]", "Auto")]
    [InlineData("rules: [{match: {rule: S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED}, mode: approve}]", null)]
    [InlineData("rules: [{match: {rule-name: some-*}, mode: observe}]", null)]
    [InlineData("rules: [{match: {environment: production}, mode: approve}]", null)]
    [InlineData("exemptions: [{match: {rule: S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED}, reason: website, until: '2027-01-01'}]", null)]
    public void Mode_that_a_person_lowered_is_never_suggested_higher(string policy, string? mode)
    {
        var read = Read(policy);

        Assert.Equal(mode, Agreed().With(read, OrderBook.Empty, Identifier, Start).Suggests(read, Identifier)?.Mode.ToString());
    }

    [Theory]
    [InlineData("Pause", "S3_BUCKET_LEVEL_*", false)]
    [InlineData("Hold", "some-rule", false)]
    [InlineData("Exempt", "s3_bucket_level_public_access_prohibited", false)]
    [InlineData("Pause", "SNS_*", true)]
    [InlineData("Hold", null, true)]
    public void What_a_person_keeps_back_by_command_is_never_suggested_higher(string kind, string? rule, bool isSuggested)
    {
        var policy = Read("defaults: {mode: approve}");
        var lesson = Agreed().With(policy, Book(Enum.Parse<OrderKind>(kind), new() { Rule = rule, Resource = "logs" }), Identifier, Start);

        Assert.Equal(isSuggested, lesson.Suggests(policy, Identifier) is not null);
    }

    [Fact]
    public void Rule_of_a_rollout_that_is_held_is_never_suggested_higher()
    {
        var policy = Read("{defaults: {mode: approve}, rules: [{match: {rule: S3_*}, rollout: {start: 5%, over: 9d}}]}");
        var id = PolicyRollout.Of(policy)[0].Id;
        RolloutState state = new() { Id = id, About = "", BegunAt = Start, Share = 9, From = 5, Since = Start };

        Assert.NotNull(Agreed().With(policy, new RolloutBook(1, [state]), Identifier).Suggests(policy, Identifier));
        RolloutBook held = new(1, [state with { Held = new(Start, "x") }]);
        Assert.Null(Agreed().With(policy, held, Identifier).Suggests(policy, Identifier));
        Assert.NotNull(Agreed().With(policy, held, "SNS_X").Suggests(policy, "SNS_X"));
    }

    [Fact]
    public void Reasons_of_exemptions_by_command_are_told() => Assert.Equal(
        "exempt in one place: website",
        Lesson.Of("some-rule", [])
            .With(Read("{}"), Book(OrderKind.Exempt, new() { Rule = "some-rule", Resource = "www" }), Identifier, Start).Words);

    [Fact]
    public void Reasons_of_exemptions_that_name_the_rule_are_told()
    {
        var policy = Read("""
            exemptions:
            - {match: {rule: S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED, resource: www}, reason: website, until: '2027-01-01'}
            - {match: {rule: S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED, resource: old}, reason: past, until: '2026-01-01'}
            - {match: {rule: S3_BUCKET_VERSIONING_ENABLED}, reason: other, until: '2027-01-01'}
            - {match: {account: '123456789012'}, reason: sandbox, until: '2027-01-01'}
            """);

        Assert.Equal("exempt in one place: website", Lesson.Of("some-rule", []).With(policy, OrderBook.Empty, Identifier, Start).Words);
    }

    [Fact]
    public async Task Notice_says_how_earlier_changes_of_its_rule_fared()
    {
        await using var host = new InMemoryHost();
        var first = await host.OpenBucketAsync(HalfBlocked);
        var incident = (await host.SendAsync(first.Event)).Incident!;
        await host.OperateAsync(new(OperatorVerb.Undo, incident, "kim", "public on purpose", false));
        await host.UsePolicyAsync("defaults: {mode: approve}");

        await host.SendAsync((await host.OpenBucketAsync(HalfBlocked)).Event);

        var notice = Assert.Single(await host.NoticesAsync(), n => n.TextOf("eventType") is "approval_needed");
        Assert.Equal("undone 1 of 1 times, mostly: public on purpose", notice.TextOf("earlier"));
    }

    private static Lesson Agreed() =>
        Lesson.Of("some-rule", [.. Enumerable.Range(0, 10).Select(n => Of($"b{n}", Fixed() with { IsAsked = true, IsApproved = true }))]);

    private static OrderBook Book(OrderKind kind, OrderMatch match) => new(1, [new()
    {
        Id = StandingOrder.IdOf(kind, match),
        Kind = kind,
        Match = match,
        By = "kim",
        Why = "website",
        At = Start,
        Until = Start.AddDays(9),
    }]);

    private static Digest[] Changes(int count) => [.. Enumerable.Range(0, count).Select(n => Of($"b{n}", Fixed()))];

    private static Digest Undone(string? why) => Of("u", Fixed() with { Undone = 1, HasPerson = true, UndoneWhy = why });

    private static Policy Read(string yaml) => PolicyReader.Read("policy.yaml", yaml);
}
