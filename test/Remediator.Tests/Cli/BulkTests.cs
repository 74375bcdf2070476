using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>One command for many incidents: shown first, confirmed, carried out one by one, and reported.</summary>
public sealed class BulkTests
{
    private readonly CliRun cli = new();

    [Fact]
    public async Task Equal_plans_are_shown_as_one_form_and_all_are_carried_out_and_counted()
    {
        await AskedAsync("orders", "invoices", "logs-of-everything");

        var ran = await cli.RunAsync("approve", "--rule", "some-rule", "--yes");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("3 plans of the form s3/bucket-public-access-block", ran.Out, StringComparison.Ordinal);
        Assert.Contains("  + BlockPublicAcls: (not set) -> true", ran.Out, StringComparison.Ordinal);
        Assert.Contains("  calls s3:PutPublicAccessBlock Bucket=(resource)", ran.Out, StringComparison.Ordinal);
        Assert.Contains("3 incidents: 3 fixed.", ran.Out, StringComparison.Ordinal);
        Assert.Equal(3, cli.Aws.Calls.Count(c => c is "s3:PutPublicAccessBlock"));
    }

    [Fact]
    public async Task What_one_deployment_changed_is_undone_and_nothing_of_another()
    {
        await AskedAsync("orders", "invoices");
        await cli.RunAsync("approve", "--rule", "some-rule", "--yes");

        var other = await cli.RunAsync("undo", "--deployment", "0.1.0+another", "--yes");
        var mine = await cli.RunAsync("undo", "--deployment", BuildVersion.Deployment, "--yes");

        Assert.DoesNotContain("undone", other.Out, StringComparison.Ordinal);
        Assert.Contains("2 incidents: 2 undone.", mine.Out, StringComparison.Ordinal);
        Assert.StartsWith(BuildVersion.Text.Split(' ')[0] + "+", BuildVersion.Deployment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_approval_is_for_all_equal_plans_of_a_problem_and_for_no_other()
    {
        await AskedAsync("orders", "invoices", "logs-of-everything");
        var other = await cli.JournaledAsync(Some.Incident(Some.Bucket("other"), Some.Rule("another-rule")));
        var problem = (await cli.RunAsync("problems", "--json")).Json.Member("problems").EnumerateArray().Single();
        Assert.Equal($"remediator approve --problem {problem.TextOf("id")}", problem.Member("commands")[0].GetString());

        var ran = await cli.RunAsync("approve", "--problem", problem.TextOf("id")!, "--yes");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("3 plans of the form s3/bucket-public-access-block", ran.Out, StringComparison.Ordinal);
        Assert.Contains("3 incidents: 3 fixed.", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Id, ran.Out, StringComparison.Ordinal);
        await cli.RunAsync("approve", "--problem", problem.TextOf("id")!, "--yes");
        Assert.Equal(3, cli.Aws.Calls.Count(c => c is "s3:PutPublicAccessBlock"));
    }

    [Fact]
    public async Task Nothing_is_done_about_a_problem_without_a_yes_to_what_is_shown()
    {
        var person = new CliRun { IsTerminal = true };
        await AskedAsync(person, "orders", "invoices", "logs-of-everything");
        var id = (await person.RunAsync("problems", "--json")).Json.Member("problems")[0].TextOf("id")!;
        person.Input = "no";

        var ran = await person.RunAsync("approve", "--problem", id);

        Assert.Contains("Approve the plans of 3 incidents? Type yes to go on: ", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Aws.Calls, FakeCall.IsMutating);
    }

    [Theory]
    [InlineData("approve", "--problem", "problem-0000000000", "--yes")]
    [InlineData("approve", "--problem", "problem-0000000000", "--rule", "some-rule")]
    [InlineData("approve", "01AB-CD2E-3F4G", "--problem", "problem-0000000000")]
    [InlineData("approve", "--problem", "problem-0000000000", "--plan", "0123456789ab")]
    public async Task Problem_that_is_not_there_or_not_alone_is_refused(params string[] words) =>
        Assert.Equal(2, (await cli.RunAsync(words)).ExitCode);

    [Theory]
    [InlineData("yes", 0, 2)]
    [InlineData("no", 1, 0)]
    [InlineData("", 1, 0)]
    public async Task A_person_is_asked_and_nothing_is_done_without_a_yes(string answer, int exitCode, int changed)
    {
        var person = new CliRun { IsTerminal = true };
        await AskedAsync(person, "orders", "invoices");
        person.Input = answer;

        var ran = await person.RunAsync("approve", "--state", "awaiting-approval");

        Assert.Contains("Approve the plans of 2 incidents? Type yes to go on: ", ran.Out, StringComparison.Ordinal);
        Assert.Equal((exitCode, changed), (ran.ExitCode, person.Aws.Calls.Count(FakeCall.IsMutating)));
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    public async Task Where_nobody_can_be_asked_nothing_is_done_without_yes(params string[] options)
    {
        var ids = await AskedAsync("orders", "invoices");

        var ran = await cli.RunAsync(["approve", .. ids, .. options]);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("--yes", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(cli.Aws.Calls, FakeCall.IsMutating);
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("approve", "--yes")]
    [InlineData("undo", "01AB-CD2E-3F4G", "--rule", "some-rule")]
    [InlineData("retry", "01AB-CD2E-3F4G", "not-an-id", "--yes")]
    [InlineData("approve", "--rule", "some-rule", "--plan", "0123456789ab")]
    [InlineData("hold", "--rule", "some-rule", "--yes", "--why", "two\nlines")]
    public async Task What_says_no_incidents_or_says_them_twice_is_refused(params string[] arguments) =>
        Assert.Equal(2, (await cli.RunAsync(arguments)).ExitCode);

    [Fact]
    public async Task Undo_puts_back_the_newest_first_and_a_conflict_costs_no_other_its_turn()
    {
        string[] buckets = ["orders", "invoices", "logs"];
        foreach (var bucket in buckets)
        {
            await cli.ReplayAsync(await cli.BucketEventAsync(bucket), "--mode", "auto");
            cli.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        await cli.CallAsync("s3:PutPublicAccessBlock", new()
        {
            ["Bucket"] = "invoices",
            ["PublicAccessBlockConfiguration"] = new JsonObject { ["BlockPublicAcls"] = true },
        });
        var before = cli.Aws.Calls.Count;

        var ran = await cli.RunAsync("undo", "--playbook", "s3/bucket-public-access-block", "--since", "2h", "--yes");

        Assert.Equal(1, ran.ExitCode);
        Assert.Equal(
            ["logs", "orders"],
            cli.Aws.All.Skip(before).Where(c => FakeCall.IsMutating(c.Operation)).Select(c => c.Input.TextOf("Bucket")!));
        Assert.Contains("3 incidents: 2 undone, 1 conflict.", ran.Out, StringComparison.Ordinal);
        Assert.Contains("--force --why", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_finds_what_was_fixed_and_is_closed_and_leaves_what_was_changed_before_that_time()
    {
        await FixedAsync("before");
        cli.Clock.Advance(TimeSpan.FromHours(2));
        var id = await FixedAsync("closed");
        cli.Clock.Advance(TimeSpan.FromMinutes(10));
        var mine = Assert.IsType<Claim.Mine>(await cli.Kept.ResumeAsync((await cli.Kept.FindAsync(new(id), default))!, default));
        await cli.Kept.ReleaseAsync(mine.Incident with { State = IncidentState.Closed, Due = null }, mine.Lease, default);

        var ran = await cli.RunAsync("undo", "--since", "1h", "--yes", "--json");

        Assert.Equal("""{"undone":1}""", ran.Json.Member("outcomes").GetRawText());
        Assert.Equal(id, Assert.Single(ran.Json.Member("incidents").EnumerateArray()).TextOf("incident"));
    }

    [Fact]
    public async Task A_plan_other_than_the_one_that_was_shown_is_not_carried_out()
    {
        var id = Assert.Single(await AskedAsync("orders"));
        var plan = (await cli.RunAsync("show", id, "--json")).Json.TextOf("plan")!;

        var other = await cli.RunAsync("approve", id, "--plan", "0123456789ab", "--json");
        Assert.Equal((1, "refused"), (other.ExitCode, other.Json.TextOf("outcome")));
        Assert.DoesNotContain(cli.Aws.Calls, FakeCall.IsMutating);

        Assert.Equal("fixed", (await cli.RunAsync("approve", id, "--plan", plan, "--json")).Json.TextOf("outcome"));
    }

    [Fact]
    public async Task What_the_command_does_not_fit_is_named_and_the_others_are_done()
    {
        var asked = Assert.Single(await AskedAsync("orders"));
        var ran = await cli.RunAsync("approve", asked, "0000-0000-0000", "--yes", "--json");

        Assert.Equal(1, ran.ExitCode);
        Assert.Equal("0000-0000-0000", Assert.Single(ran.Json.Member("leftOut").EnumerateArray()).TextOf("incident"));
        Assert.Equal("""{"fixed":1}""", ran.Json.Member("outcomes").GetRawText());
    }

    [Fact]
    public async Task Hold_takes_all_that_match()
    {
        var ids = await AskedAsync("orders", "invoices");

        var ran = await cli.RunAsync("hold", "--account", "123456789012", "--why", "migration", "--yes", "--json");

        Assert.Equal("""{"done":2}""", ran.Json.Member("outcomes").GetRawText());
        Assert.All(ids, id => Assert.Equal("Held", cli.RunAsync("show", id, "--json").Result.Json.TextOf("state")));
    }

    [Fact]
    public async Task When_the_budget_is_used_up_the_others_still_wait_for_a_yes()
    {
        await AskedAsync("orders", "invoices", "logs");
        cli.Environment["REMEDIATOR_POLICY"] = await PolicyAsync("defaults: {mode: approve}\nbudgets: {per-hour: 1}");

        var ran = await cli.RunAsync("approve", "--state", "open", "--yes", "--json");

        Assert.Equal((1, 1), (ran.ExitCode, ran.Json.Member("notBegun").GetInt32()));
        Assert.Single(
            (await cli.RunAsync("incidents", "--state", "awaiting-approval", "--json")).Json.Member("incidents").EnumerateArray());
    }

    [Fact]
    public async Task The_deployed_function_gets_each_with_the_plan_that_was_shown_and_one_fault_is_one_incident()
    {
        var ids = await AskedAsync("orders", "invoices");
        var sent = new List<JsonElement>();
        cli.Aws.On("lambda:Invoke", input =>
        {
            sent.Add(Json.Parse(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(input.TextOf("Payload")!))));
            return sent.Count == 1
                ? throw FakeAws.Error("lambda:Invoke", "TooManyRequestsException", 429)
                : Json.Object([
                    KeyValuePair.Create(
                        "Payload",
                        Json.Text(Convert.ToBase64String("""{"outcome":"fixed","incident":"x","why":null}"""u8))
                    ),
                ]);
        });

        var ran = await cli.RunAsync(["approve", .. ids, "--function", "operate", "--yes", "--json"]);

        Assert.Equal(1, ran.ExitCode);
        Assert.Equal("""{"failed":1,"fixed":1}""", ran.Json.Member("outcomes").GetRawText());
        Assert.All(sent, s => Assert.Equal(12, s.TextOf("plan")!.Length));
    }

    private async Task<string> FixedAsync(string bucket) =>
        (await cli.ReplayAsync(await cli.BucketEventAsync(bucket), "--mode", "auto", "--json")).Json.TextOf("incident")!;

    private Task<List<string>> AskedAsync(params string[] buckets) => AskedAsync(cli, buckets);

    private static async Task<List<string>> AskedAsync(CliRun cli, params string[] buckets)
    {
        cli.Environment["REMEDIATOR_POLICY"] = await PolicyAsync("defaults: {mode: approve}");
        var ids = new List<string>();
        foreach (var bucket in buckets)
        {
            ids.Add((await cli.ReplayAsync(await cli.BucketEventAsync(bucket), "--json")).Json.TextOf("incident")!);
        }

        return ids;
    }

    private static async Task<string> PolicyAsync(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "policy.yaml");
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
