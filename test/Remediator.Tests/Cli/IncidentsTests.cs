using Remediator.Record;
using Remediator.Testing;
using Remediator.Tests.Record;
using Remediator.Values;

namespace Remediator.Tests.Cli;

public sealed class IncidentsTests
{
    private readonly CliRun cli = new();

    [Fact]
    public async Task Open_incidents_are_listed_in_columns_without_frames_when_piped()
    {
        var id = await ObservedAsync();

        var ran = await cli.RunAsync("incidents");

        Assert.Contains(ran.Out.Split('\n'), line => line.StartsWith($"{id}  Observed", StringComparison.Ordinal));
        Assert.All(ran.Out, c => Assert.True(c is '\n' or (>= ' ' and <= '~'), $"'{c}'"));
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_is_named_after_the_others()
    {
        var unreadable = DynamoItems.Current(Some.Incident(Some.Bucket("unreadable")), TimeSpan.FromDays(1));
        unreadable.Remove("detail");

        var ran = await new CliRun { Journal = Journal() }.RunAsync("incidents");
        var json = (await new CliRun { Journal = Journal() }.RunAsync("incidents", "--json")).Json;

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains(Some.Incident().Id, ran.Out, StringComparison.Ordinal);
        Assert.Contains($"cannot be read by this version: {unreadable["id"].S}", ran.Out, StringComparison.Ordinal);
        Assert.Single(json.Member("incidents").EnumerateArray());
        Assert.Equal(unreadable["id"].S, Assert.Single(json.Member("unreadable").EnumerateArray()).GetString());

        DynamoJournal Journal() => UnreadableItemTests.Journal(unreadable, DynamoItems.Current(Some.Incident(), TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task Only_the_accounts_asked_for_are_listed()
    {
        await ObservedAsync();

        Assert.Empty((await cli.RunAsync("incidents", "--account", "999999999999", "--json")).Json.Member("incidents").EnumerateArray());
        Assert.Single((await cli.RunAsync("incidents", "--account", "123456789012", "--json")).Json.Member("incidents").EnumerateArray());
    }

    [Fact]
    public async Task What_is_not_due_yet_is_left_out_of_due()
    {
        await ObservedAsync();
        Assert.Empty((await cli.RunAsync("incidents", "--due", "--json")).Json.Member("incidents").EnumerateArray());

        cli.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Single((await cli.RunAsync("incidents", "--due", "--json")).Json.Member("incidents").EnumerateArray());
    }

    [Fact]
    public async Task List_says_that_all_changes_are_stopped_and_why_until_they_are_not()
    {
        await cli.RunAsync("stop", "--why", "a bad day");

        Assert.Contains("All changes are stopped: a bad day", (await cli.RunAsync("incidents")).Out, StringComparison.Ordinal);
        Assert.StartsWith("a bad day", (await cli.RunAsync("incidents", "--json")).Json.TextOf("stopped"), StringComparison.Ordinal);

        await cli.RunAsync("start");

        Assert.DoesNotContain("stopped", (await cli.RunAsync("incidents")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_is_shown_with_its_history_and_calls_and_without_values()
    {
        var id = await ObservedAsync();

        var ran = await cli.RunAsync("show", id);

        Assert.Contains("observed", ran.Out, StringComparison.Ordinal);
        Assert.Contains("s3:PutPublicAccessBlock", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Bucket\"", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_are_shown_on_request_only_in_json_too()
    {
        var id = await ObservedAsync();

        var without = (await cli.RunAsync("show", id, "--json")).Json.Member("steps")[0];
        var with = (await cli.RunAsync("show", id, "--json", "--values")).Json.Member("steps")[0];

        Assert.Equal(["step", "differences"], without.EnumerateObject().Select(m => m.Name));
        Assert.True(with.Member("after").Member("BlockPublicAcls").GetBoolean());
    }

    [Fact]
    public async Task Incident_id_may_be_typed_in_lower_case_without_hyphens()
    {
        var id = await ObservedAsync();

        Assert.Equal(
            id, (await cli.RunAsync("show", id.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant(), "--json")).Json.TextOf("id"));
    }

    [Fact]
    public async Task An_incident_that_is_not_there_exits_with_1()
    {
        var ran = await cli.RunAsync("show", "0000-0000-0000");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("There is no incident", ran.Error, StringComparison.Ordinal);
    }

    private async Task<string> ObservedAsync() => (await cli.ReplayAsync(await cli.BucketEventAsync(), "--json")).Json.TextOf("incident")!;
}
