using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Cli.Pages;

/// <summary>The pages as a browser shows them: by themselves, in light and dark, on a phone, by keyboard and to a screen reader.</summary>
[Trait("Category", "Slow")]
public sealed class PageInBrowserTests : IDisposable
{
    /// <summary>The text that has too little contrast to what is behind it, by WCAG 2's formula.</summary>
    private const string TooFaint = """
        (() => {
          const parse = c => c.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255)
            .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = e => {
            for (; e; e = e.parentElement) {
              const c = parse(getComputedStyle(e).backgroundColor);
              if (c.length < 4 || c[3] > 0) return c;
            }
            return [255, 255, 255];
          };
          const found = [];
          for (const e of document.body.querySelectorAll('*')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || e.tagName === 'TITLE') continue;
            const style = getComputedStyle(e);
            const front = parse(e instanceof SVGElement ? style.fill : style.color);
            const [a, b] = [luminance(front), luminance(behind(e))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${e.tagName} ${e.textContent.trim().slice(0, 40)}`);
          }
          return found.join('; ');
        })()
        """;

    /// <summary>Short words in the cells of a table that are broken over two lines.</summary>
    private const string Broken = """
        (() => {
          const found = [];
          for (const cell of document.querySelectorAll('th, td')) {
            for (const node of [...cell.childNodes].filter(n => n.nodeType === 3)) {
              for (const word of node.textContent.matchAll(/[^\s-]+/g)) {
                if (word[0].length > 20) continue;
                const range = document.createRange();
                range.setStart(node, word.index);
                range.setEnd(node, word.index + word[0].length);
                if (range.getClientRects().length > 1) found.push(word[0]);
              }
            }
          }
          return found.join(' ');
        })()
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    [BrowserTheory]
    [InlineData("plan")]
    [InlineData("report")]
    public async Task Page_asks_for_nothing_and_the_browser_complains_of_nothing(string command)
    {
        await using var browser = await OpenAsync(command);

        var asked = browser.Events.Where(e => e.TextOf("method") is "Network.requestWillBeSent")
            .Select(e => e.Member("params").Member("request").TextOf("url"));
        Assert.EndsWith(".html", Assert.Single(asked), StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Events, e => e.TextOf("method") is "Log.entryAdded" or "Runtime.exceptionThrown");
    }

    [BrowserTheory]
    [InlineData("plan", "light", 1280)]
    [InlineData("plan", "dark", 1280)]
    [InlineData("plan", "light", 320)]
    [InlineData("report", "light", 1280)]
    [InlineData("report", "dark", 320)]
    public async Task Page_is_readable_in_light_and_dark_and_fits_a_phone(string command, string scheme, int width)
    {
        await using var browser = await OpenAsync(command);
        await browser.SendAsync("Emulation.setEmulatedMedia", new()
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
        });
        await browser.SendAsync("Emulation.setDeviceMetricsOverride", new()
        {
            ["width"] = width,
            ["height"] = 800,
            ["deviceScaleFactor"] = 1,
            ["mobile"] = false,
        });
        await browser.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");

        Assert.Equal("", (await browser.EvaluateAsync(TooFaint)).GetString());
        Assert.Equal("", (await browser.EvaluateAsync(Broken)).GetString());
        var back = (await browser.EvaluateAsync("getComputedStyle(document.body).backgroundColor")).GetString();
        Assert.Equal(scheme is "dark" ? "rgb(22, 24, 27)" : "rgb(255, 255, 255)", back);
        Assert.InRange((await browser.EvaluateAsync("document.documentElement.scrollWidth")).GetInt32(), 1, width);
    }

    [BrowserTheory]
    [InlineData("plan")]
    [InlineData("report")]
    public async Task By_keyboard_one_skips_to_the_tables_and_sees_where_one_is(string command)
    {
        await using var browser = await OpenAsync(command);

        await TabAsync(browser);
        Assert.Equal("skip", await FocusAsync(browser, "className"));
        Assert.True((await browser.EvaluateAsync("document.activeElement.getBoundingClientRect().left >= 0")).GetBoolean());
        await EnterAsync(browser);
        Assert.Equal("main", await FocusAsync(browser, "id"));
        await TabAsync(browser);
        Assert.True((await browser.EvaluateAsync("document.activeElement.closest('main') !== null")).GetBoolean());
        Assert.NotEqual("main", await FocusAsync(browser, "id"));
        Assert.Equal("3px", (await browser.EvaluateAsync("getComputedStyle(document.activeElement).outlineWidth")).GetString());
    }

    [BrowserTheory]
    [InlineData("plan")]
    public async Task Group_of_plans_opens_by_keyboard(string command)
    {
        await using var browser = await OpenAsync(command);
        for (var n = 0; n < 50 && await FocusAsync(browser, "tagName") is not "SUMMARY"; n++)
        {
            await TabAsync(browser);
        }

        await EnterAsync(browser);

        Assert.True((await browser.EvaluateAsync("document.activeElement.parentElement.open")).GetBoolean());
    }

    [BrowserTheory]
    [InlineData("plan")]
    [InlineData("report")]
    public async Task Screen_reader_finds_headings_and_tables_and_a_name_for_whatever_takes_the_focus(string command)
    {
        await using var browser = await OpenAsync(command);

        var nodes = (await browser.SendAsync("Accessibility.getFullAXTree")).Member("nodes").EnumerateArray()
            .Where(n => !n.Member("ignored").GetBoolean())
            .Select(n => (Role: n.Member("role").TextOf("value"), Name: n.Member("name").TextOf("value") ?? "", Node: n))
            .ToList();

        Assert.Single(nodes, n => n.Role is "heading" && Level(n.Node) == 1);
        Assert.Contains(nodes, n => n.Role is "heading" && Level(n.Node) == 2);
        Assert.Single(nodes, n => n.Role is "main");
        Assert.Contains(nodes, n => n.Role is "table");
        Assert.Contains(nodes, n => n.Role is "columnheader");
        Assert.Contains(nodes, n => n.Role is "rowheader");
        Assert.All(
            nodes.Where(n => n.Role is "link" or "button" or "DisclosureTriangle" or "region" or "navigation" or "image" or "img"),
            n => Assert.True(n.Name.Length > 0, $"{n.Role} without a name"));
    }

    private static int Level(JsonElement node) => node.Member("properties").EnumerateArray()
        .Where(p => p.TextOf("name") is "level").Select(p => p.Member("value").Member("value").GetInt32()).FirstOrDefault();

    private static async Task<string?> FocusAsync(Browser browser, string what) =>
        (await browser.EvaluateAsync($"document.activeElement.{what}")).GetString();

    private static Task TabAsync(Browser browser) => browser.PressAsync("Tab", 9);

    private static Task EnterAsync(Browser browser) => browser.PressAsync("Enter", 13, "\r");

    private async Task<Browser> OpenAsync(string command)
    {
        var cli = new CliRun();
        foreach (var bucket in (string[])["orders", "invoices"])
        {
            await cli.ReplayAsync(await cli.BucketEventAsync(bucket));
        }

        await cli.JournaledAsync(Some.Incident(Some.Bucket(new string('x', 63)), Some.Rule(new string('r', 128))) with
        {
            State = IncidentState.Escalated,
            Reason = Reason.NotPermitted,
            Detail = "s3:PutBucketPublicAccessBlock was refused",
        });
        var file = Path.Combine(folder.FullName, $"{command}.html");
        await cli.RunAsync(command, "--html", file);
        return await Browser.OpenAsync(BrowserTheoryAttribute.Executable!, file);
    }
}
