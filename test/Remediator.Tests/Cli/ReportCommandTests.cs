using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>The commands that report on the past: what they show, in which formats, and what they reject.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private readonly CliRun cli = new();
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Report_says_what_became_of_findings_and_what_is_behind_them()
    {
        await SomeAsync();

        var text = (await cli.RunAsync("report", "--by", "team")).Out;

        Assert.Contains("4 incidents opened from 2026-09-02 to 2026-10-02; 2 open.", text, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^shop +2 +2 +0 +0 +0 +1 ", text);
        Assert.Contains("Handled without a person: 25 % (1 of 4 that are done or needed one", text, StringComparison.Ordinal);
        Assert.Contains("Saved 0.3 hours (hours saved: 15 minutes for each fix that nobody undid).", text, StringComparison.Ordinal);
        Assert.Contains("some-rule: undone 1 of 2 times, mostly: website", text, StringComparison.Ordinal);
        Assert.Contains("'remediator report --rebuild'", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Report_is_coloured_in_a_terminal_and_plain_in_a_pipe(int width)
    {
        var coloured = new CliRun { IsTerminal = true, Width = width };
        await coloured.JournaledAsync(Closed("orders", "shop"));

        Assert.Contains("\u001b[", (await coloured.RunAsync("report")).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[", (await new CliRun().RunAsync("report")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rebuilding_says_how_many_and_is_not_asked_for_again()
    {
        await SomeAsync();

        var ran = await cli.RunAsync("report", "--rebuild");

        Assert.Contains("2 ended incidents counted anew: 0 were missing", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("once 'remediator report --rebuild'", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_csv_a_line_for_each_and_one_for_all()
    {
        await SomeAsync();

        var lines = (await cli.RunAsync("report", "--by", "rule", "--csv")).Out.TrimEnd().Split("\r\n");

        Assert.StartsWith("rule,incidents,fixed,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("some-rule,4,2,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("all,4,2,", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_runs_nothing_escapes_what_comes_from_outside_and_has_the_picture_as_a_table_too()
    {
        await cli.JournaledAsync(Closed("orders", "<script>alert(1)</script>"));
        var file = Path.Combine(folder, "report.html");

        await cli.RunAsync("report", "--html", file);

        var page = await File.ReadAllTextAsync(file);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Matches(@"<svg [^>]*role=""img"" aria-label=""[^""]+""", page);
        Assert.Contains("<title>2026-10-02: 1 fixed without a person</title>", page, StringComparison.Ordinal);
        Assert.Contains("The same as a table", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--since", "yesterday")]
    [InlineData("--by", "colour")]
    [InlineData("--csv", "--json")]
    [InlineData("--minutes", "-1")]
    public async Task Invalid_report_options_are_refused(params string[] options) =>
        Assert.Equal(2, (await cli.RunAsync(["report", .. options])).ExitCode);

    [Fact]
    public async Task Problems_are_named_with_their_ids_and_the_command_for_all()
    {
        for (var n = 0; n < 3; n++)
        {
            await cli.JournaledAsync(Some.Incident(Some.Bucket($"bucket-{n}")) with
            {
                State = IncidentState.Escalated,
                Reason = Reason.NotPermitted,
                Detail = "s3:PutBucketAcl was refused (AccessDenied): no",
            });
        }

        var ran = await cli.RunAsync("problems");

        Assert.Contains("1 problem with 3 incidents; 0 others stand alone.", ran.Out, StringComparison.Ordinal);
        Assert.Contains(
            "3 incidents, 3 open: AWS refuses s3:PutBucketAcl to the role in account 123456789012", ran.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  remediator retry( \S{14}){3}$", ran.Out);
    }

    [Fact]
    public async Task Review_is_text_and_page()
    {
        var incident = await cli.JournaledAsync(Closed("orders", "shop"));
        var file = Path.Combine(folder, "review.html");

        var ran = await cli.RunAsync("review", incident.Id, "--html", file);

        Assert.Contains("What would prevent it", ran.Out, StringComparison.Ordinal);
        Assert.Contains("S3 Block Public Access for the whole account", ran.Out, StringComparison.Ordinal);
        Assert.Contains($"<h1>Review of incident {incident.Id}</h1>", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal(1, (await cli.RunAsync("review", "0000-0000-0000")).ExitCode);
    }

    [Fact]
    public async Task Explain_says_how_earlier_changes_fared_only_where_it_is_asked()
    {
        await SomeAsync();
        string[] about = ["explain", "--rule-name", "some-rule", "--resource-type", "AWS::S3::Bucket"];

        Assert.Contains(
            "undone 1 of 2 times, mostly: website", (await cli.RunAsync([.. about, "--earlier"])).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("undone", (await cli.RunAsync(about)).Out, StringComparison.Ordinal);
    }

    private static Incident Closed(string bucket, string team) => Some.Incident(Some.Bucket(bucket)) with
    {
        State = IncidentState.Closed,
        Due = null,
        FixedAt = Some.Time.AddSeconds(9),
        Terms = new() { Owner = team, RuleIdentifier = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED" },
        Course = new() { Fixes = 1, IsStanding = true, IsConfirmed = true, RightAt = Some.Time.AddSeconds(9) },
    };

    /// <summary>One fixed automatically, one undone, one closed by others, one waiting.</summary>
    private async Task SomeAsync()
    {
        await cli.JournaledAsync(Closed("orders", "shop"));
        var undone = Closed("www", "shop");
        await cli.JournaledAsync(undone with
        {
            State = IncidentState.Held,
            Due = cli.Clock.GetUtcNow().AddDays(7),
            Course = undone.Course! with { Undone = 1, HasPerson = true, UndoneWhy = "website" },
        });
        await cli.JournaledAsync(Closed("logs", "web") with { Course = new(), FixedAt = null });
        await cli.JournaledAsync(Some.Incident(Some.Bucket("new")) with
        {
            State = IncidentState.Escalated,
            Course = new() { Escalated = Reason.Failed },
        });
    }
}
