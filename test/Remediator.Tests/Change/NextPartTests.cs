using Remediator.Change;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>Of a change of which a part is made, what is left is read anew, and asked about unless people agreed to it.</summary>
public sealed class NextPartTests
{
    private const string Said = "The copy is there. Look at it first.";

    private readonly TestClock _clock = new();
    private readonly FakeAws _aws = new FakeAws()
        .On("x:ReadFirst", """{"Setting":1}""")
        .On("x:ReadSecond", """{"Setting":0}""")
        .On("x:ReadGuard", """{"Guard":"ok"}""");

    private readonly List<string> _noted = [];

    [Fact]
    public async Task Rest_is_asked_about_with_the_playbooks_sentence_once_the_part_is_saved_as_made()
    {
        var run = New();

        var asks = Assert.IsType<NextPart.Asks>(await NextAsync(run));

        Assert.Equal((1, Reason.ApprovalNeeded, Said, true), (asks.From, asks.Reason, asks.Why, asks.IsNews));
        Assert.Equal("""x:WriteSecond {"Setting":1}""", Calls(asks.Left));
        Assert.Equal(["save no run"], _noted);
        Assert.Equal(1, run.Incident.Change!.AsksAt);
        Assert.Equal(["x:ReadSecond", "x:ReadGuard"], _aws.Calls);
    }

    [Fact]
    public async Task Part_that_is_saved_as_made_is_not_saved_again_and_the_same_question_is_no_news()
    {
        var run = New();
        await NextAsync(run);
        await run.SaveAsync(
            run.Incident with { State = IncidentState.AwaitingApproval, Reason = Reason.ApprovalNeeded }, CancellationToken.None);
        _noted.Clear();

        Assert.False(Assert.IsType<NextPart.Asks>(await NextAsync(run)).IsNews);
        Assert.Empty(_noted);

        _aws.On("x:ReadGuard", """{"Guard":"used"}""");
        var guarded = Assert.IsType<NextPart.Asks>(await NextAsync(run));
        Assert.Equal((Reason.Guarded, "Somebody uses it.", true), (guarded.Reason, guarded.Why, guarded.IsNews));
    }

    [Fact]
    public async Task What_people_agreed_to_goes_on_and_a_guard_only_where_they_were_told_of_it()
    {
        var run = New();
        await NextAsync(run);
        var agreed = run.Incident with { State = IncidentState.AwaitingApproval, Reason = Reason.ApprovalNeeded, ApprovedBy = "bob" };
        Assert.IsType<NextPart.GoesOn>(await NextAsync(new(agreed, _clock, _noted)));

        _aws.On("x:ReadGuard", """{"Guard":"used"}""");
        Assert.IsType<NextPart.Asks>(await NextAsync(new(agreed, _clock, _noted)));
        Assert.IsType<NextPart.GoesOn>(await NextAsync(new(agreed with { Reason = Reason.Guarded }, _clock, _noted)));
    }

    [Fact]
    public async Task Where_nothing_is_left_it_goes_on_and_where_the_resource_is_gone_it_says_so()
    {
        _aws.On("x:ReadSecond", """{"Setting":1}""");
        Assert.IsType<NextPart.GoesOn>(await NextAsync(New()));

        _aws.On("x:ReadSecond", _ => throw FakeAws.Error("x:ReadSecond", "NoSuchThing", 404));
        Assert.Equal(
            "x:ReadSecond does not find it, or says that it is ending", Assert.IsType<NextPart.Gone>(await NextAsync(New())).Why);
    }

    /// <summary>People are asked again only before a later step than they agreed to, and where they were asked at all.</summary>
    [Theory]
    [InlineData("alice", 1, 0, true)]
    [InlineData("alice", 1, 1, false)]
    [InlineData("alice", 0, 0, false)]
    [InlineData(null, 1, 0, false)]
    public void People_are_asked_again_where_the_playbook_says_so(string? agreedBy, int step, int agreedFrom, bool isAsked)
    {
        var incident = New(agreedBy).Incident;
        incident = incident with { Change = incident.Change! with { AgreedFrom = agreedFrom } };

        Assert.Equal(isAsked, Parts.AskBefore(incident, Playbook, step));
        Assert.Equal(
            agreedBy is null ? "first second" : agreedFrom == 0 ? "first" : "second",
            string.Join(' ', Parts.UnderWay(incident, Playbook).Select(s => s.Step)));
    }

    /// <summary>The deployment may have another playbook by now.</summary>
    [Fact]
    public async Task Rest_of_which_the_playbook_says_nothing_any_more_is_asked_about_without_a_sentence()
    {
        var silent = Playbook with { Steps = [.. Playbook.Steps.Select(s => s with { AskAgain = null })] };
        var without = Playbook with { Steps = [Playbook.Steps[0]] };

        Assert.Equal("", Assert.IsType<NextPart.Asks>(await NextAsync(New(), silent)).Why);
        Assert.False(Parts.AskBefore(New().Incident, without, 1));
    }

    /// <summary>What is asked once it is made is news, and so is another rest, or another reason.</summary>
    [Theory]
    [InlineData("Applying", 1, "ApprovalNeeded", true)]
    [InlineData("AwaitingApproval", 2, "ApprovalNeeded", true)]
    [InlineData("AwaitingApproval", 1, "Guarded", true)]
    [InlineData("AwaitingApproval", 1, "ApprovalNeeded", false)]
    public async Task Question_is_news_where_it_is_the_first_or_another_one(string state, int shown, string reason, bool isNews)
    {
        var incident = New(shown: shown).Incident;
        var asked = incident with
        {
            State = Enum.Parse<IncidentState>(state),
            Reason = Enum.Parse<Reason>(reason),
            Change = incident.Change! with { AsksAt = 1 },
        };

        Assert.Equal(isNews, Assert.IsType<NextPart.Asks>(await NextAsync(new(asked, _clock, _noted))).IsNews);
    }

    [Fact]
    public async Task Resource_that_its_type_finds_gone_is_gone_unless_the_change_was_to_delete_it()
    {
        var table = new PlaybookLibrary(Repository.At("playbooks")).Load("dynamodb/table-deletion-protection");
        _aws.On("dynamodb:DescribeTable", """{"Table":{"TableName":"orders","TableStatus":"DELETING"}}""");
        var typed = Playbook with { Types = table.Types };
        var deleting = typed with { Steps = [typed.Steps[0] with { Deletes = typed.Guards[0].Expect }, typed.Steps[1]] };
        var run = New();
        var inputs = Json.Parse("""{"resource":{"type":"AWS::DynamoDB::Table","id":"orders","name":"orders"}}""");
        await run.SaveAsync(run.Incident with { Change = run.Incident.Change! with { Inputs = inputs } }, CancellationToken.None);

        Assert.Equal(
            "dynamodb:DescribeTable does not find it, or says that it is ending",
            Assert.IsType<NextPart.Gone>(await NextAsync(run, typed)).Why);
        Assert.IsType<NextPart.Asks>(await NextAsync(run, deleting));
    }

    [Fact]
    public void Nothing_is_under_way_without_a_plan() => Assert.Empty(Parts.UnderWay(Some.Incident(), Playbook));

    private static readonly Playbook Playbook = PlaybookReader.Read("x/two", "x/two.yaml", $$$"""
        summary: Sets both.
        rules: [X_RULE]
        resource: AWS::X::Thing
        impact: none
        manual: Ask.
        guard: {call: x:ReadGuard, take: Guard, expect: "result == 'ok'", because: Somebody uses it.}
        steps:
          - name: first
            read: {call: x:ReadFirst, take: Setting}
            want: 1
            write: {call: x:WriteFirst, with: {Setting: "${target}"}}
          - name: second
            ask-again: {{{Said}}}
            read: {call: x:ReadSecond, take: Setting, gone-on: NoSuchThing}
            want: 1
            write: {call: x:WriteSecond, with: {Setting: "${target}"}}
        """);

    private SavedRun New(string? agreedBy = "alice", int shown = 1)
    {
        var plan = new Plan([Step("first", "x:WriteFirst"), Step("second", "x:WriteSecond", shown)]);
        return new(
            Some.Incident(now: _clock.GetUtcNow()) with
            {
                State = IncidentState.Applying,
                Change = Some.Planned(plan) with { AgreedBy = agreedBy },
            },
            _clock,
            _noted);
    }

    private static StepPlan Step(string name, string call, int setting = 1) => new()
    {
        Step = name,
        Before = Json.Parse("0"),
        After = Json.Parse("1"),
        Calls = [new(call, Json.Parse($$"""{"Setting":{{setting}}}"""))],
    };

    private Task<NextPart> NextAsync(SavedRun run, Playbook? playbook = null) =>
        Parts.NextAsync(run, 1, playbook ?? Playbook, _aws, CancellationToken.None);

    private static string Calls(Plan plan) => string.Join('|', plan.Calls.Select(c => $"{c.Operation} {c.Input.GetRawText()}"));
}
