using System.Text;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Record;
using Remediator.Testing.Scenarios;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Operate;

/// <summary>Texts that people write into commands cannot forge history, and cannot block the resource.</summary>
public sealed class CommandTextTests
{
    [Theory]
    [InlineData("alice\n2026-01-01 approved by bob")]
    [InlineData("alice\r")]
    [InlineData("alice\u2028bob")]
    [InlineData("alice\u202Ebob")]
    [InlineData("alice\u200Bbob")]
    [InlineData("alice\u0000")]
    [InlineData("alice\ud800")]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Names_that_could_forge_a_line_are_refused(string by)
    {
        await using var host = new InMemoryHost();
        var (_, _, _, ended) = await host.FixedBucketAsync();
        var before = await host.IncidentOf(ended);

        AssertOutcome("refused", await host.OperateAsync(new(OperatorVerb.Undo, ended.Incident!, by, null, false)));
        AssertOutcome("refused", await host.OperateAsync(new(OperatorVerb.Stop, "", by, "why", false)));

        Assert.Equal(before.Version, (await host.IncidentOf(ended)).Version);
        Assert.Null(await host.Journal.WhyStoppedAsync(host.Ct));
    }

    [Theory]
    [InlineData("Undo")]
    [InlineData("Retry")]
    [InlineData("Hold")]
    [InlineData("Acknowledge")]
    [InlineData("Stop")]
    public async Task Reason_of_three_megabytes_is_refused_before_the_resource_is_taken(string verb)
    {
        await using var host = new InMemoryHost();
        var (_, _, _, ended) = await host.FixedBucketAsync();

        var answer = await host.OperateAsync(
            new(Enum.Parse<OperatorVerb>(verb), ended.Incident!, "alice", new string('x', 3_000_000), true));

        AssertOutcome("refused", answer);
        Assert.Contains("3000000 characters; 500 are the most", answer.Why, StringComparison.Ordinal);
        AssertOutcome("undone", await host.UndoAsync(ended.Incident));
    }

    [Fact]
    public async Task Longest_texts_are_taken_whole_and_marked_as_claimed()
    {
        await using var host = new InMemoryHost();
        var (_, _, _, ended) = await host.FixedBucketAsync();
        var (by, why) = (new string('b', CommandText.LongestBy), new string('w', CommandText.LongestWhy));

        await host.OperateAsync(new(OperatorVerb.Hold, ended.Incident!, by, why, false));

        Assert.Contains($"hold, claimed by {by}: {why}", (await host.IncidentOf(ended)).Entries.Select(e => e.What));
    }

    [Fact]
    public async Task Of_any_number_of_notes_the_first_and_the_last_are_kept_and_the_incident_stays_small()
    {
        await using var host = new InMemoryHost();
        var (_, _, _, ended) = await host.FixedBucketAsync();
        var first = (await host.IncidentOf(ended)).Entries[0];
        for (var i = 0; i < 300; i++)
        {
            await host.OperateAsync(
                new(OperatorVerb.Acknowledge, ended.Incident!, "alice", $"{i} {new string((char)('a' + (i % 26)), 490)}", false));
        }

        var incident = await host.IncidentOf(ended);
        Assert.Equal(first, incident.Entries[0]);
        Assert.Contains("299 ", incident.Entries[^1].What, StringComparison.Ordinal);
        Assert.InRange(incident.Entries.Sum(e => e.What.Length), 1, 8000);
    }

    [Fact]
    public async Task Note_finds_room_in_an_incident_that_has_none_left()
    {
        await using var host = new InMemoryHost();
        var (_, _, _, ended) = await host.FixedBucketAsync();
        var incident = await host.IncidentOf(ended);
        var noise = new byte[280_000];
        new Random(7).NextBytes(noise);
        var full = incident with
        {
            Origin = incident.Origin with { Annotation = Convert.ToBase64String(noise) },
            Detail = null,
            Entries = [],
        };
        var size = JournalJson.Pack(full, JournalJson.MostBytes).Length;
        var noted = full with
        {
            Detail = new string('d', 600),
            Entries = [new(host.Now, EntryKind.Person, Convert.ToBase64String(noise[..6000]))],
        };

        Assert.Throws<IncidentTooLargeException>(() => JournalJson.Pack(full, size - 1));
        Assert.InRange(JournalJson.Pack(noted, size).Length, size + 1, size + 12_000);
    }

    [Fact]
    public async Task Text_that_is_not_valid_Unicode_is_answered_without_an_exception()
    {
        await using var host = new InMemoryHost();
        var (_, _, _, ended) = await host.FixedBucketAsync();
        var handler = new Remediator.Function.Handlers.Operate(host.Service.Operator, null!);
        var body = Encoding.UTF8.GetBytes($$"""{"command":"undo","incident":"{{ended.Incident}}","by":"al\ud800ice"}""");

        var answer = await handler.HandleAsync(new("1", DateTimeOffset.MaxValue, "", "", body), host.Ct);

        Assert.Equal("refused", JsonElement.Parse(answer.Span).GetProperty("outcome").GetString());
    }
}
