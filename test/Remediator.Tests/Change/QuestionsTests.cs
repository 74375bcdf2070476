using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>The answers that stand in a notice: short, and said to be short where something is left out.</summary>
public sealed class QuestionsTests
{
    private static readonly EvidenceQuery Query = PlaybookReader.Read("x/one", "x/one.yaml", """
        summary: Sets it.
        rules: [X_RULE]
        resource: AWS::X::Thing
        impact: none
        manual: Ask.
        evidence:
          - {show: Who uses it, call: x:List, take: Items}
        read: {call: x:Read, take: Setting}
        want: 1
        write: {call: x:Write, with: {Setting: "${target}"}}
        """).Evidence[0];

    private readonly TestClock _clock = new();
    private readonly Pages _pages = new();

    [Theory]
    [InlineData("null", "nothing")]
    [InlineData("[]", "none")]
    [InlineData("\"anna\"", "anna")]
    [InlineData("5", "5")]
    [InlineData("[1,2,3,4,5,6,7,8]", "1|2|3|4|5|6|7|8")]
    [InlineData("[1,2,3,4,5,6,7,8,9]", "1|2|3|4|5|6|7|8|and 1 more")]
    [InlineData("[1,2,3,4,5,6,7,8,9,10,11]", "1|2|3|4|5|6|7|8|and 3 more")]
    public async Task Answer_is_a_few_lines(string items, string lines)
    {
        _pages.Give(items);

        var (shown, read) = await AskAsync(New());

        Assert.Equal(("Who uses it", lines), (shown.Show, string.Join('|', shown.Lines)));
        Assert.Equal(items, read!.Value.GetRawText());
    }

    [Fact]
    public async Task List_of_which_not_all_pages_were_read_says_so_and_the_next_one_does_not()
    {
        var questions = New();
        _pages.Give("[1]", "[2]", "[3]");
        Assert.Equal(["1", "2", "and more: not all pages were read"], (await AskAsync(questions)).Shown.Lines.ToArray());

        _pages.Give("[1]");
        Assert.Equal(["1"], (await AskAsync(questions)).Shown.Lines.ToArray());
    }

    [Fact]
    public async Task Line_is_cut()
    {
        _pages.Give($"[[{string.Join(',', Enumerable.Repeat("\"a text of some length that is not hidden\"", 8))}]]");

        Assert.InRange(Assert.Single((await AskAsync(New())).Shown.Lines).Length, 190, 200);
    }

    /// <summary>A notice does not wait for questions: after twenty seconds none is begun.</summary>
    [Theory]
    [InlineData(0, "1")]
    [InlineData(1, "could not be read: the questions before it took too long")]
    public async Task Question_after_the_time_is_not_asked(int ticks, string line)
    {
        var questions = New();
        _pages.Give("[1]");
        _clock.Advance(Remediator.Guard.Limits.EvidenceTime + TimeSpan.FromTicks(ticks));

        var (shown, read) = await AskAsync(questions);

        Assert.Equal(line, Assert.Single(shown.Lines));
        Assert.Equal(ticks > 0, read is null);
    }

    [Fact]
    public async Task What_cannot_be_read_says_why()
    {
        var questions = New();
        _pages.Fails = FakeAws.Error("x:List", "AccessDenied", 403);
        var (shown, read) = await AskAsync(questions);
        Assert.Null(read);
        Assert.StartsWith("could not be read: x:List was refused (AccessDenied)", Assert.Single(shown.Lines), StringComparison.Ordinal);

        _pages.Fails = new InvalidOperationException("not foreseen");
        Assert.Equal(["could not be read: a defect in this program"], (await AskAsync(questions)).Shown.Lines.ToArray());

        _pages.Fails = null;
        _pages.Give("[1]");
        for (var i = 2; i < Remediator.Guard.Limits.EvidenceCalls; i++)
        {
            Assert.Equal(["1"], (await AskAsync(questions)).Shown.Lines.ToArray());
        }

        Assert.Equal(
            [$"could not be read: {new CallLimitException(Remediator.Guard.Limits.EvidenceCalls).Message}"],
            (await AskAsync(questions)).Shown.Lines.ToArray());
    }

    private Questions New() => new(_pages, _clock.GetUtcNow(), _clock);

    private static Task<(Remediator.Incidents.EvidenceAnswer Shown, JsonElement? Read)> AskAsync(Questions questions) =>
        questions.AnswerAsync(Query, Scope.Empty, CancellationToken.None);

    private sealed class Pages : IAws
    {
        private string[] _items = [];

        public Exception? Fails { get; set; }

        public void Give(params string[] items) => _items = items;

        public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct) =>
            throw new InvalidOperationException(operation);

        public async IAsyncEnumerable<JsonElement> PagesAsync(
            string operation, JsonElement input, [EnumeratorCancellation] CancellationToken ct)
        {
            await Task.Yield();
            if (Fails is { } fails)
            {
                throw fails;
            }

            foreach (var items in _items)
            {
                yield return Json.Parse($$"""{"Items":{{items}}}""");
            }
        }
    }
}
