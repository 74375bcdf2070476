using System.Text.RegularExpressions;
using System.Xml.Linq;
using Remediator.Cli.Forecast;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>What a policy would do, before it is turned on.</summary>
public sealed class PlanTests
{
    private readonly CliRun cli = new();

    [Fact]
    public async Task All_open_incidents_are_planned_as_in_mode_auto_and_nothing_is_changed_or_written()
    {
        await ObservedAsync("orders", "invoices");
        var before = (await cli.RunAsync("incidents", "--json")).Out;

        var ran = await cli.RunAsync("plan");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains(
            "2 plans of the form s3/bucket-public-access-block: changed at once, nobody is asked", ran.Out, StringComparison.Ordinal);
        Assert.Contains("  + BlockPublicAcls: (not set) -> true", ran.Out, StringComparison.Ordinal);
        Assert.Contains("2 open incidents: 2 change.", ran.Out, StringComparison.Ordinal);
        Assert.Contains(ran.Out.Split('\n'), line => Regex.IsMatch(line, @"^some-rule +2 \(0\) +0 \(2\)$"));
        Assert.DoesNotContain(cli.Aws.Calls, FakeCall.IsMutating);
        Assert.Equal(before, (await cli.RunAsync("incidents", "--json")).Out);
    }

    [Fact]
    public async Task A_table_fits_eighty_columns()
    {
        var person = new CliRun { IsTerminal = true, Width = 80 };
        person.Environment["NO_COLOR"] = "1";
        await person.ReplayAsync(await person.BucketEventAsync("orders"));
        await person.JournaledAsync(
            Some.Incident(Some.Bucket("gone"), Some.Rule(new string('r', 100))) with
            {
                State = IncidentState.Escalated,
            });

        var tables = (await person.RunAsync("plan")).Out.Split('\n').TakeWhile(l => !l.StartsWith("1 plan", StringComparison.Ordinal));

        Assert.All(tables, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Another_policy_is_compared_with_the_one_in_force()
    {
        await ObservedAsync("orders", "invoices", "logs");
        var policy = await PolicyAsync("""
            defaults: {mode: auto}
            exemptions: [{match: {resource: logs}, reason: archive, until: '2030-01-01'}]
            rules:
              - match: {resource: invoices}
                mode: approve
            """);

        var json = (await cli.RunAsync("plan", "--policy", policy, "--json")).Json;

        Assert.Equal("""{"change":1,"ask":1,"person":0,"wait":0,"right":0,"observe":0,"leave":1}""", json.Member("then").GetRawText());
        Assert.Equal(3, json.Member("now").Member("observe").GetInt32());
        var byResource = json.Member("prospects").EnumerateArray().ToDictionary(p => p.TextOf("resourceId")!, p => p.TextOf("then"));
        Assert.Equal(("change", "ask", "leave"), (byResource["orders"], byResource["invoices"], byResource["logs"]));
    }

    [Theory]
    [InlineData("defaults: {mode: auto}\nfreezes: [{from: 2026-10-01, until: 2026-11-01, reason: release}]", "wait", "release")]
    [InlineData("defaults: {mode: auto, rollout: 1%}", "observe", "")]
    [InlineData("defaults: {mode: auto, auto-up-to: [none]}", "ask", "")]
    [InlineData("defaults: {mode: observe}", "observe", "")]
    public async Task Freezes_rollout_and_impact_are_looked_at(string policy, string expected, string why)
    {
        await ObservedAsync("orders");

        var prospect = Assert.Single(
            (await cli.RunAsync("plan", "--policy", await PolicyAsync(policy), "--json")).Json.Member("prospects").EnumerateArray());

        Assert.Equal(expected, prospect.TextOf("then"));
        Assert.Contains(why, prospect.TextOf("why"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_put_right_by_hand_is_told_as_right_and_what_is_held_is_left()
    {
        await ObservedAsync("orders", "invoices");
        await cli.CallAsync(
            "s3:PutPublicAccessBlock", new()
            {
                ["Bucket"] = "orders",
                ["PublicAccessBlockConfiguration"] = new System.Text.Json.Nodes.JsonObject
                {
                    ["BlockPublicAcls"] = true,
                    ["IgnorePublicAcls"] = true,
                    ["BlockPublicPolicy"] = true,
                    ["RestrictPublicBuckets"] = true,
                },
            });
        await cli.RunAsync(
            "hold", (await cli.RunAsync("incidents", "--json"))
                .Json.Member("incidents")
                .EnumerateArray()
                .Single(i => i.TextOf("resourceId") is "invoices")
                .TextOf("id")!,
            "--why",
            "x");

        var json = (await cli.RunAsync("plan", "--json")).Json;

        Assert.Equal(
            ["right", "leave"],
            json.Member("prospects").EnumerateArray().OrderByDescending(p => p.TextOf("resourceId")).Select(p => p.TextOf("then")!));
    }

    [Fact]
    public async Task Budgets_say_how_many_hours_it_takes()
    {
        await ObservedAsync("a-bucket", "b-bucket", "c-bucket");

        var ran = await cli.RunAsync("plan", "--policy", await PolicyAsync("defaults: {mode: auto}\nbudgets: {per-hour: 1}"));

        Assert.Contains("The budgets let 1 be changed in the first hour, and the last in hour 3.", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_whole_has_nothing_from_elsewhere_and_everything_in_it_is_escaped()
    {
        const string hostile = "<script>alert(1)</script>\" onload=\"x&\u202e";
        await ObservedAsync("orders");
        await cli.JournaledAsync(Some.Incident(Some.Bucket(hostile), Some.Rule("rule <b>")) with { State = IncidentState.Escalated });
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "plan.html");

        Assert.Equal(0, (await cli.RunAsync("plan", "--html", file)).ExitCode);

        var text = await File.ReadAllTextAsync(file);
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', text);
        Assert.DoesNotMatch("(src|href)=\"(?!#)", text);
        Assert.Contains("prefers-color-scheme: dark", text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", text, StringComparison.Ordinal);
        AssertReadable(text);
    }

    [Fact]
    public void Budgets_bound_accounts_and_playbooks_by_the_hour()
    {
        var prospects = Enumerable
            .Range(0, 6)
            .Select(n => new Prospect(
                Some.Incident(Some.Bucket($"b{n}") with { Account = n < 4 ? "111111111111" : "222222222222" }),
                new(Expected.Change, "", Playbook: "p"),
                new(Expected.Observe, "")));

        var hours = HourlyBudgets.Spread([.. prospects], new(10, 2, 3)).Select(p => p.Then.Hour);

        Assert.Equal([1, 1, 2, 2, 1, 2], hours.Select(h => h!.Value));
    }

    /// <summary>
    /// Well formed except for what HTML leaves open; every table has a caption and headings with a scope; every link's target exists.
    /// </summary>
    private static void AssertReadable(string page)
    {
        var xml = Regex.Replace(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), "<meta ([^>]*)>", "<meta $1/>");
        var root = XDocument.Parse(xml.Replace("&#39;", "'", StringComparison.Ordinal)).Root!;
        var ids = root.Descendants().Attributes("id").Select(a => a.Value).ToHashSet();

        Assert.Equal("en", root.Attribute("lang")!.Value);
        Assert.NotEmpty(root.Descendants("title").Single().Value);
        Assert.Equal(3, root.Descendants("table").Count());
        Assert.All(root.Descendants("table"), t => Assert.Single(t.Elements("caption")));
        Assert.All(root.Descendants("th"), th => Assert.Contains(th.Attribute("scope")?.Value, (string[])["col", "row"]));
        Assert.All(root.Descendants("details"), d => Assert.Equal("summary", d.Elements().First().Name.LocalName));
        Assert.All(root.Descendants("a"), a => Assert.Contains(a.Attribute("href")!.Value[1..], ids));
    }

    private async Task ObservedAsync(params string[] buckets)
    {
        foreach (var bucket in buckets)
        {
            await cli.ReplayAsync(await cli.BucketEventAsync(bucket));
        }
    }

    private static async Task<string> PolicyAsync(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "policy.yaml");
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
