using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Tests.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>Questions know what was read before the change that people are asked about.</summary>
public sealed class EvidenceReaderTests : IDisposable
{
    private const string Head = """
        summary: Sets it.
        rules: [X_RULE]
        resource: AWS::X::Thing
        impact: none
        manual: Ask.

        """;

    private const string One = Head + """
        evidence:
          - {show: Users, call: x:List, with: {Of: "${state.name}"}, take: Users}
        read: {call: x:Read, take: Setting}
        want: 1
        write: {call: x:Write, with: {Setting: "${target}"}}
        """;

    private const string Two = Head + """
        evidence:
          - {show: Users, call: x:List, with: {Of: "${state.second.name}"}, take: Users}
        steps:
          - name: first
            read: {call: x:Read, take: Setting}
            want: 1
            write: {call: x:Write, with: {Setting: "${target}"}}
          - name: second
            read: {call: x:Read, take: Setting}
            want: 1
            write: {call: x:Write, with: {Setting: "${target}"}}
        """;

    private readonly SomePlaybooks _playbooks = new(("x/one", One), ("x/two", Two));
    private readonly FakeAws _aws = new FakeAws().On("x:List", input => Json.Parse($$"""{"Users":["of {{input.TextOf("Of")}}"]}"""));
    private readonly TestClock _clock = new();

    public void Dispose() => _playbooks.Dispose();

    [Theory]
    [InlineData("x/one", One, "setting")]
    [InlineData("x/two", Two, "first", "second")]
    [InlineData("x/two", Two, "second")]
    public async Task Answers_are_about_the_state_before_the_change(string name, string text, params string[] steps)
    {
        var read = await ReadAsync(name, PlaybookLibrary.HashOf(text), steps);

        Assert.Equal(["Users: of " + steps[^1]], read.Change!.Evidence!.Lines);
        Assert.Equal(_clock.GetUtcNow(), read.Change.Evidence.At);
    }

    [Theory]
    [InlineData("x/one", "another text")]
    [InlineData("x/none", One)]
    public async Task Playbook_that_this_deployment_does_not_have_asks_nothing(string name, string text)
    {
        Assert.Null((await ReadAsync(name, PlaybookLibrary.HashOf(text), "setting")).Change!.Evidence);

        Assert.Empty(_aws.Calls);
    }

    private Task<Incident> ReadAsync(string name, string hash, params string[] steps)
    {
        var plan = new Plan([.. steps.Select(step => new StepPlan
        {
            Step = step,
            Before = Json.Parse($$"""{"name":"{{step}}"}"""),
            After = Json.Parse("1"),
            Calls = [],
        })]);
        var incident = Some.Incident() with { Change = Some.Planned(plan) with { Playbook = name, PlaybookHash = hash } };
        return new EvidenceReader(_aws, new IncidentPlaybooks(_playbooks.Library), _clock).WithAsync(incident, CancellationToken.None);
    }
}
