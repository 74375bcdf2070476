using System.Net;
using Remediator.Values;

namespace Remediator.Cli.Output;

/// <summary>
/// What pages have in common: they need no server and run no script, are light or dark as the reader has it, and whatever comes from
/// outside is escaped.
/// </summary>
internal static class Page
{
    private const string Style = """
        :root { color-scheme: light dark; --text: #1a1a1a; --back: #ffffff; --line: #c9c9c9; --quiet: #595959; --link: #0b57d0;
          --add: #0a6b2d; --del: #b3261e; --chg: #7a5200; --head: #f3f3f3 }
        @media (prefers-color-scheme: dark) { :root { --text: #e8e8e8; --back: #16181b; --line: #45494f; --quiet: #b0b5bc; --link: #8ab4f8;
          --add: #6fd08c; --del: #ff9a91; --chg: #f2c46b; --head: #22262b } }
        body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); margin: 0 auto; max-width: 75rem;
          padding: 1rem; overflow-wrap: anywhere }
        h1 { font-size: 1.6rem } h2 { font-size: 1.25rem; margin-top: 2rem }
        a { color: var(--link) } a.skip { position: absolute; left: -999rem } a.skip:focus { position: static }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
        .wide { overflow-x: auto } table { border-collapse: collapse; margin: .5rem 0 1rem; overflow-wrap: normal }
        caption { text-align: left; font-weight: 600; padding: .3rem 0 }
        th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: right } thead th { background: var(--head) }
        tbody th, thead th:first-child { text-align: left; font-weight: 400; max-width: 20rem; overflow-wrap: break-word }
        .now, .quiet { color: var(--quiet) } summary { cursor: pointer; font-weight: 600 }
        details { border: 1px solid var(--line); border-radius: 4px; margin: .5rem 0; padding: .3rem .8rem; overflow-x: auto }
        pre { overflow-x: auto; font: .9rem/1.5 ui-monospace, monospace }
        .add { color: var(--add) } .del { color: var(--del) } .chg { color: var(--chg) }
        svg { display: block; max-width: 100%; height: auto } svg text { fill: var(--text); font: 12px system-ui, sans-serif }
        .bar0 { fill: var(--add) } .bar1 { fill: var(--chg) } .bar2 { fill: var(--del) } .bar3 { fill: var(--quiet) }
        .axis { stroke: var(--line) }
        .key { display: inline-block; width: .8rem; height: .8rem; margin-right: .3rem }
        .key0 { background: var(--add) } .key1 { background: var(--chg) } .key2 { background: var(--del) }
        .key3 { background: var(--quiet) }
        @media print { details { break-inside: avoid } }
        """;

    public static string Head(string title) => $"""
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>{Text(title)}</title><style>
        {Style}
        </style></head><body>
        <a class="skip" href="#main">To the tables</a>

        """;

    public static string Text(string text) => WebUtility.HtmlEncode(
        string.Concat(PlainText.Whole(text).EnumerateRunes().Select(r => PlainText.IsPrintable(r) ? r.ToString() : "\uFFFD")));
}
