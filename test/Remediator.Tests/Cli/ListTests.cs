using System.Collections.Immutable;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>The list of incidents on a terminal: its width, what it shows of each, and its filters.</summary>
public sealed class ListTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(129)]
    [InlineData(130)]
    [InlineData(200)]
    public async Task List_fits_the_terminal_and_ids_are_whole(int width)
    {
        var cli = new CliRun { IsTerminal = true, Width = width };
        cli.Environment["NO_COLOR"] = "1";
        var incidents = (await SomeAsync(cli)).Add(
            await cli.JournaledAsync(
                Some.Incident(
                    new(
                        "123456789012",
                        "us-east-1",
                        "AWS::ElasticLoadBalancingV2::LoadBalancer",
                        "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a-very-long-name/50dc6c495c0c9188")
                ) with
                {
                    State = IncidentState.Pending,
                    Entries = [new(cli.Clock.GetUtcNow(), EntryKind.Waiting, new string('w', 300))],
                    Terms = new() { Owner = new string('t', 40), AccountName = new string('a', 40) },
                }));

        var lines = (await cli.RunAsync("incidents")).Out.TrimEnd('\n').Split('\n');

        Assert.All(lines, line => Assert.True(line.Length <= width, $"{line.Length}: {line}"));
        Assert.All(incidents, i => Assert.Contains(lines, line => line.StartsWith($"{i.Id}  {i.State}  ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_shows_owner_place_problem_and_next_step()
    {
        var cli = new CliRun { IsTerminal = true, Width = 80 };
        cli.Environment["NO_COLOR"] = "1";
        await cli.JournaledAsync(
            Escalated("orders", "shop") with
            {
                Origin = Some.Incident(Some.Bucket("orders")).Origin with { Annotation = "Policy allows public write." },
            });
        cli.Clock.Advance(TimeSpan.FromHours(30));

        var lines = (await cli.RunAsync("incidents")).Out.Split('\n');

        Assert.Matches(@"^\S{14}  Escalated  critical  shop  shop-prod  \d+d$", lines[1]);
        Assert.Equal("  S3 Bucket orders: Policy allows public write; give permission, retry", lines[2]);
        Assert.Equal("1 incident: 1 escalated. 1 waits for a person.", lines[4]);
        Assert.Equal("Changes are allowed, as far as the policy goes.", lines[5]);
    }

    [Fact]
    public async Task In_a_pipe_an_incident_is_a_line_and_nothing_is_cut()
    {
        var cli = new CliRun();
        await cli.JournaledAsync(
            Some.Incident(Some.Bucket() with { Type = "AWS::ElasticLoadBalancingV2::LoadBalancer", Id = "x" }) with
            {
                Terms = new() { Owner = new string('t', 60) },
            });

        var ran = await cli.RunAsync("incidents");

        Assert.Single(ran.Out.Split('\n'), line =>
            line.Contains("ElasticLoadBalancingV2 LoadBalancer x: does not meet some-rule", StringComparison.Ordinal));
        Assert.Contains(new string('t', 60), ran.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rule SOME-*", "orders,invoices,logs")]
    [InlineData("--rule S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", "orders")]
    [InlineData("--rule other", "")]
    [InlineData("--team shop", "orders")]
    [InlineData("--team shop --team web", "orders,invoices")]
    [InlineData("--account shop-prod", "orders")]
    [InlineData("--account 123456789012", "orders,invoices,logs")]
    [InlineData("--state escalated", "orders")]
    [InlineData("--state closed", "old")]
    [InlineData("--state all", "orders,invoices,logs,old")]
    [InlineData("--state awaiting-approval --state closed", "invoices,old")]
    [InlineData("--severity critical", "orders")]
    [InlineData("--reason approval-needed", "invoices")]
    [InlineData("--since 2d", "logs")]
    [InlineData("--until 2d", "orders,invoices")]
    [InlineData("--state all --until 2026-09-20", "old")]
    [InlineData("--by kim", "invoices")]
    [InlineData("--said-by kim --team nobody", "")]
    public async Task Each_filter_selects_the_matching_incidents(string filters, string expected)
    {
        var cli = new CliRun();
        await SomeAsync(cli);

        var ran = await cli.RunAsync(["incidents", "--json", .. filters.Split(' ')]);

        Assert.Equal(
            expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(),
            ran.Json.Member("incidents").EnumerateArray().Select(i => i.TextOf("resourceId")!).Order());
    }

    [Theory]
    [InlineData("--since", "yesterday")]
    [InlineData("--since", "7")]
    [InlineData("--until", "2026-13-01")]
    [InlineData("--state", "broken")]
    [InlineData("--severity", "loud")]
    [InlineData("--reason", "because")]
    [InlineData("--since", "1h", "--until", "2h")]
    [InlineData("--csv", "--json")]
    public async Task Invalid_filter_values_are_refused(params string[] filters) =>
        Assert.Equal(2, (await new CliRun().RunAsync(["incidents", .. filters])).ExitCode);

    [Fact]
    public async Task Nothing_to_do_is_reported_only_if_it_is_true()
    {
        var cli = new CliRun();
        Assert.Contains("Nothing to do.", (await cli.RunAsync("incidents")).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing to do.", (await cli.RunAsync("incidents", "--team", "shop")).Out, StringComparison.Ordinal);

        await SomeAsync(cli);

        var ran = await cli.RunAsync("incidents", "--team", "nobody");
        Assert.DoesNotContain("Nothing to do.", ran.Out, StringComparison.Ordinal);
        Assert.Contains("No incident matches; 3 are open in all.", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_csv_every_incident_is_a_line_and_no_name_is_a_formula()
    {
        var cli = new CliRun();
        await cli.JournaledAsync(Some.Incident(Some.Bucket("=cmd|' /C calc'!A0")) with { Terms = new() { Owner = "a, \"b\"" } });

        var lines = (await cli.RunAsync("incidents", "--csv")).Out.TrimEnd().Split("\r\n");

        Assert.Equal(2, lines.Length);
        Assert.StartsWith("id,state,severity,reason,team,account,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",\"a, \"\"b\"\"\",", lines[1], StringComparison.Ordinal);
        Assert.DoesNotMatch("(^|,)\"?[=+@-]", lines[1]);
    }

    [Fact]
    public async Task Totals_are_what_is_listed()
    {
        var cli = new CliRun();
        await SomeAsync(cli);

        var json = (await cli.RunAsync("incidents", "--state", "all", "--json")).Json;

        Assert.True(json.Member("changesAllowed").GetBoolean());
        Assert.Equal(
            """{"incidents":4,"needPerson":2,"byState":{"AwaitingApproval":1,"Closed":1,"Escalated":1,"Observed":1}"""
            + ""","bySeverity":{"critical":1,"warning":3}}""",
            json.Member("totals").GetRawText());
        Assert.Contains("4 incidents: ", (await cli.RunAsync("incidents", "--state", "all")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Difference_shows_additions_removals_and_changes_and_possible_secrets_only_on_request()
    {
        var cli = new CliRun();
        var step = new StepPlan
        {
            Step = "some",
            Before = Json.Parse("""{"Days":7,"Gone":true,"Tags":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}],"Password":"hunter2"}"""),
            After = Json.Parse(
                """{"Days":30,"New":"x","Tags":[{"Key":"a","Value":"1"},{"Key":"c","Value":"3"}]"""
                + ""","Password":"hunter3","Policy":"{\"Statement\":[1]}"}"""
            ),
            Calls = [],
        };
        var incident = await cli.JournaledAsync(Escalated("orders", "shop") with { Change = Some.Planned(new([step])) });

        var shown = (await cli.RunAsync("show", incident.Id)).Out.Split('\n');
        var whole = (await cli.RunAsync("show", incident.Id, "--values")).Out;

        Assert.Equal(
            [
                "  ~ Days: 7 -> 30",
                "  - Gone: true -> (not set)",
                "  ~ Tags:",
                "      - b: 2",
                "      + c: 3",
                "  ~ Password: (a value) -> (a value)",
                "  + New: (not set) -> x",
                "  ~ Policy.Statement:",
                "      + 1",
                "  (a value) stands for what may be secret: --values shows it.",
            ],
            shown.SkipWhile(l => l != "Difference").Skip(1).TakeWhile(l => l.Length > 0));
        Assert.Contains("~ Password: hunter2 -> hunter3", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", string.Concat(shown), StringComparison.Ordinal);
    }

    private static Incident Escalated(string bucket, string team) =>
        Some.Incident(Some.Bucket(bucket)) with
        {
            State = IncidentState.Escalated,
            Reason = Reason.NotPermitted,
            Terms = new()
            {
                Owner = team,
                AccountName = "shop-prod",
                Severity = Severity.Critical,
                RuleIdentifier = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
            },
        };

    private static async Task<ImmutableArray<Incident>> SomeAsync(CliRun cli)
    {
        var now = cli.Clock.GetUtcNow();
        Incident[] incidents =
        [
            Escalated("orders", "shop") with { OpenedAt = now.AddDays(-3) },
            Some.Incident(Some.Bucket("invoices")) with
            {
                State = IncidentState.AwaitingApproval,
                Reason = Reason.ApprovalNeeded,
                Terms = new() { Owner = "web" },
                OpenedAt = now.AddDays(-4),
                Entries = [new(now, EntryKind.Person, "retry, claimed by kim: once more")],
            },
            Some.Incident(Some.Bucket("logs")) with
            {
                State = IncidentState.Observed,
                OpenedAt = now.AddDays(-5),
                Change = Some.Planned() with { BeganAt = now.AddDays(-1) },
            },
            Some.Incident(Some.Bucket("old")) with
            {
                State = IncidentState.Closed,
                OpenedAt = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero),
                Due = null,
            },
        ];
        foreach (var incident in incidents)
        {
            await cli.JournaledAsync(incident);
        }

        return [.. incidents.Where(i => i.State is not IncidentState.Closed)];
    }
}
