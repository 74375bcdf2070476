using System.Net;
using System.Text.Json.Nodes;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Cli.Pages;

/// <summary>The pictures of the documents, as a browser draws them; REMEDIATOR_APPROVE=1 takes those of pages and notices anew.</summary>
[Trait("Category", "Slow")]
public sealed class PictureTests : IDisposable
{
    private const int Width = 1000;

    /// <summary>The texts that run out of the box in which they begin, or that lie on a line.</summary>
    private const string Misplaced = """
        (() => {
          const found = [];
          const boxes = [...document.querySelectorAll('rect')].map(r => r.getBBox());
          const lines = [...document.querySelectorAll('path.line')];
          for (const text of document.querySelectorAll('text')) {
            const t = text.getBBox(), x = t.x + t.width / 2, y = t.y + t.height / 2;
            const box = boxes.find(b => x > b.x && x < b.x + b.width && y > b.y && y < b.y + b.height);
            if (box && (t.x < box.x + 2 || t.x + t.width > box.x + box.width - 2)) found.push(`out of its box: ${text.textContent}`);
            for (const line of box ? [] : lines) {
              for (let at = 0; at < line.getTotalLength(); at += 2) {
                const p = line.getPointAtLength(at);
                if (p.x > t.x && p.x < t.x + t.width && p.y > t.y + 2 && p.y < t.y + t.height - 2) {
                  found.push(`on a line: ${text.textContent}`);
                  break;
                }
              }
            }
          }
          return [...new Set(found)].join('; ');
        })()
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    [BrowserTheory]
    [InlineData("path")]
    [InlineData("states")]
    [InlineData("rollback")]
    public async Task Text_lies_in_its_box_and_on_no_line(string name)
    {
        await using var browser = await Browser.OpenAsync(
            BrowserTheoryAttribute.Executable!, Repository.At($"docs/pictures/{name}.svg"));

        Assert.Equal("", (await browser.EvaluateAsync(Misplaced)).GetString());
    }

    [BrowserTheory]
    [InlineData("plan", "README.md", "docs/pictures/plan.png")]
    [InlineData("notice", "README.md", "docs/pictures/notice.png")]
    [InlineData("report", "docs/operating.md", "pictures/report.png")]
    public async Task Picture_of_a_document_is_there_and_can_be_taken_anew(string name, string document, string link)
    {
        var page = Path.Combine(folder.FullName, $"{name}.html");
        await (name switch
        {
            "plan" => PlanAsync(page),
            "report" => ReportAsync(page),
            _ => File.WriteAllTextAsync(page, Notice()),
        });
        await using var browser = await Browser.OpenAsync(BrowserTheoryAttribute.Executable!, page);
        await browser.SendAsync("Emulation.setDeviceMetricsOverride", new()
        {
            ["width"] = Width,
            ["height"] = 700,
            ["deviceScaleFactor"] = 1,
            ["mobile"] = false,
        });
        var isOpen = name is "plan" ? "true" : "false";
        await browser.EvaluateAsync($"document.querySelectorAll('details').forEach((d, n) => d.open = n === 0 && {isOpen})");
        var height = (await browser.EvaluateAsync("document.documentElement.scrollHeight")).GetInt32();
        var shot = await browser.SendAsync("Page.captureScreenshot", new()
        {
            ["captureBeyondViewport"] = true,
            ["clip"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = Width, ["height"] = Math.Min(height, 1100), ["scale"] = 1 },
        });
        var file = Repository.At($"docs/pictures/{name}.png");
        if (Environment.GetEnvironmentVariable("REMEDIATOR_APPROVE") is "1")
        {
            await File.WriteAllBytesAsync(file, shot.Member("data").GetBytesFromBase64());
        }

        Assert.True(File.Exists(file));
        Assert.Contains($"({link})", await File.ReadAllTextAsync(Repository.At(document)), StringComparison.Ordinal);
    }

    private static async Task PlanAsync(string page)
    {
        var cli = new CliRun();
        foreach (var bucket in (string[])["shop-orders", "shop-invoices", "shop-archive"])
        {
            await cli.ReplayAsync(await cli.BucketEventAsync(bucket));
        }

        var policy = Path.Combine(Path.GetDirectoryName(page)!, "policy.yaml");
        await File.WriteAllTextAsync(policy, """
            defaults: {mode: auto, owner: shop}
            exemptions: [{match: {resource: shop-archive}, reason: a public archive, until: '2030-01-01'}]
            rules: [{match: {resource: shop-invoices}, mode: approve}]
            """);
        await cli.RunAsync("plan", "--policy", policy, "--html", page);
    }

    /// <summary>Four weeks of three teams: most is fixed, some is undone, some waits.</summary>
    private static async Task ReportAsync(string page)
    {
        var cli = new CliRun();
        for (var n = 0; n < 60; n++)
        {
            var at = cli.Clock.GetUtcNow();
            var found = Some.Incident(Some.Bucket($"bucket-{n}"), Some.Rule($"s3-rule-{n % 4}"), at, at) with
            {
                Terms = new() { Owner = ((string[])["shop", "payments", "data"])[n % 3] },
            };
            cli.Clock.Advance(TimeSpan.FromMinutes(6 + (n % 7)));
            await cli.JournaledAsync(n % 10 is 0 ? Waiting(found) : Fixed(found, at.AddSeconds(4 + n), isUndone: n % 9 is 0));
            cli.Clock.Advance(TimeSpan.FromHours(11));
        }

        await cli.RunAsync("report", "--since", "30d", "--by", "team", "--html", page);
    }

    private static Incident Waiting(Incident found) => found with
    {
        State = IncidentState.Escalated,
        Reason = Reason.NotPermitted,
        Course = new() { Escalated = Reason.NotPermitted },
    };

    private static Incident Fixed(Incident found, DateTimeOffset at, bool isUndone) => found with
    {
        State = isUndone ? IncidentState.Held : IncidentState.Closed,
        Due = isUndone ? at.AddDays(7) : null,
        FixedAt = at,
        ChangedAt = at.AddMinutes(9),
        Course = new()
        {
            Fixes = 1,
            RightAt = at,
            IsStanding = !isUndone,
            IsConfirmed = !isUndone,
            Undone = isUndone ? 1 : 0,
            HasPerson = isUndone,
            UndoneWhy = isUndone ? "public on purpose" : null,
        },
    };

    /// <summary>The mail that asks for an approval, from its golden file.</summary>
    private static string Notice()
    {
        var golden = File.ReadAllText(Repository.At("test/Remediator.Tests/Escalate/Golden/approval-needed.approved.txt"));
        var mail = Between(golden, "=== mail\n", "\nThe same with the AWS CLI");
        return $$"""
            <!DOCTYPE html><html lang="en"><meta charset="utf-8"><style>
            body { margin: 0; padding: 24px; background: #f0f2f5; font: 15px/1.5 system-ui, sans-serif; color: #1a1a1a }
            article { background: #fff; border: 1px solid #c9c9c9; border-radius: 8px; padding: 20px 24px }
            h1 { font-size: 18px; margin: 0 0 4px } p { margin: 0 0 14px; color: #595959 }
            pre { font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 }
            </style><article><h1>{{WebUtility.HtmlEncode(Between(golden, "=== subject\n", "\n"))}}</h1>
            <p>AWS Notifications, to on-call</p><pre>{{WebUtility.HtmlEncode(mail)}}</pre></article></html>
            """;
    }

    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal) + from.Length;
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }
}
