using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Authoring.Checks;
using Remediator.Authoring.Coverage;
using Remediator.Aws;
using Remediator.Cli.Output;
using Remediator.Cli.Replay;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary>
/// <c>coverage</c>: the rules that an account has deployed, each with what would become of its findings under the policy.
/// </summary>
internal static class CoverageCommand
{
    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var rules = new Option<FileInfo?>("--rules")
        {
            Description = "Compare the rules of this file instead of asking AWS: "
                + "what 'aws configservice describe-config-rules' writes, or an identifier a line.",
            HelpName = "FILE",
        };
        var accounts = new Option<string[]>("--account")
        {
            Description = "The account whose rules are compared; otherwise the own one. May be given several times.",
            HelpName = "ID",
        };
        var regions = new Option<string[]>("--region")
        {
            Description = "A region; otherwise AWS_REGION. May be given several times.",
            HelpName = "NAME",
        };
        const string says =
            "Compares the Config rules that an account has with what would be answered under the policy, and changes nothing.";
        var command = new TaughtCommand(
            "coverage",
            says,
            """
            remediator coverage
            remediator coverage --account 210987654321 --region eu-central-1 --region us-east-1
            remediator coverage --rules rules.json --json | jq -r '.lines[] | select(.answer == "not-configured") | .rule'
            """)
        {
            rules, accounts, regions, common.Playbooks, common.Policy,
        };
        command.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            var settings = new CliSettings(at.Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy));
            var asked = (Accounts: parse.GetValue(accounts) ?? [], Regions: parse.GetValue(regions) ?? []);
            var lines = parse.GetValue(rules) is { } file
                ? FromFile(at, settings, asked.Accounts, asked.Regions, RulesInput.Read(file))
                : await FromAwsAsync(at, settings, asked.Accounts, asked.Regions, ct);
            Show(at, InOrder(lines));
            return ExitCodes.Done;
        });
        return command;
    }

    private static IEnumerable<CoverageLine> FromFile(
        Terminal at, CliSettings settings, string[] accounts, string[] regions, ImmutableArray<ConfigRule> rules)
    {
        var (own, home) = settings.Place();
        var report = Report(at, settings, own, new AwsConfigService(new NoAccounts(), at.Outside.Clock), new NoTags());
        return from account in Or(accounts, own)
               from region in Or(regions, home)
               from rule in rules
               from line in report.Of(account, region, rule)
               select line;
    }

    private static async Task<IEnumerable<CoverageLine>> FromAwsAsync(
        Terminal at, CliSettings settings, string[] accounts, string[] regions, CancellationToken ct)
    {
        var service = await settings.ForReadingAsync(ct);
        var foundation = at.Outside.Connect(service);
        var report = Report(at, settings, service.AccountId, foundation.Config, foundation.Tags);
        var config = new AwsBacklog(foundation.Accounts);
        var lines = new List<CoverageLine>();
        foreach (var account in Or(accounts, service.AccountId))
        {
            foreach (var region in Or(regions, service.Region))
            {
                at.Progress($"reading the rules of account {account}, {region}");
                lines.AddRange((await config.RulesAsync(account, region, null, ct)).SelectMany(rule => report.Of(account, region, rule)));
            }
        }

        return lines;
    }

    private static ImmutableArray<CoverageLine> InOrder(IEnumerable<CoverageLine> lines) =>
    [
        .. lines.OrderBy(l => l.Account, StringComparer.Ordinal)
            .ThenBy(l => l.Region, StringComparer.Ordinal)
            .ThenBy(l => l.Rule.Name, StringComparer.Ordinal),
    ];

    /// <summary>Compares rules with the policy of the working files.</summary>
    internal static CoverageReport Report(Terminal at, CliSettings settings, string own, IConfigService config, ITags tags)
    {
        var (folder, file) = settings.WorkingFiles();
        var playbooks = new PlaybookLibrary(folder);
        return new(
            PolicyFile.Read(file, playbooks),
            playbooks,
            policy => new(policy, playbooks, config, tags, own, at.Outside.Clock, NullLogger<Decider>.Instance));
    }

    private static IEnumerable<string> Or(string[] given, string otherwise) =>
        given is [] ? [otherwise] : given.Distinct(StringComparer.Ordinal);

    private static void Show(Terminal at, ImmutableArray<CoverageLine> lines)
    {
        var isOnePlace = lines.DistinctBy(l => (l.Account, l.Region)).Count() <= 1;
        string[] Row(string account, string region, params string[] rest) => isOnePlace ? rest : [account, region, .. rest];
        at.Screen.Table(
            Row("Account", "Region", "Rule", "Answer", "Playbook", "Mode", ""),
            [.. lines.Select(l => Row(l.Account, l.Region, Called(l.Rule), l.Coverage.Words(), l.Playbook, l.Mode?.Name() ?? "", Short(l)))]
        );
        at.Screen.Line();
        var totals = Totals(lines);
        var counts = string.Join(", ", totals.Where(t => t.Rules > 0).Select(t => $"{t.Rules} {t.Coverage.Words()}"));
        at.Screen.Line($"{totals.Sum(t => t.Rules)} rules: {counts}.");
        if (lines.Any(l => l.Coverage is Coverage.ByHand))
        {
            at.Screen.Line("'remediator catalog RULE' says what a person does about each rule that is left to people; so does --json.");
        }

        at.Json(w =>
        {
            w.WriteStartObject("totals");
            foreach (var (coverage, rules) in totals)
            {
                w.WriteNumber(coverage.Name(), rules);
            }

            w.WriteEndObject();
            w.List("lines", lines, l => Write(w, l));
        });
    }

    /// <summary>A rule whose types are answered differently counts as the one that leaves most to people.</summary>
    private static ImmutableArray<(Coverage Coverage, int Rules)> Totals(ImmutableArray<CoverageLine> lines)
    {
        var counts = lines.GroupBy(l => (l.Account, l.Region, l.Rule.Name), l => l.Coverage).CountBy(rule => rule.Max()).ToDictionary();
        return [.. Enum.GetValues<Coverage>().Select(c => (c, counts.GetValueOrDefault(c)))];
    }

    private static string Called(ConfigRule rule) =>
        rule.ManagedIdentifier is { Length: > 0 } id && id != rule.Name ? $"{rule.Name} ({id})" : rule.Name;

    // What a person does takes several sentences; the first says why it is left to one.
    private static string Short(CoverageLine line) =>
        line.Coverage is Coverage.ByHand && line.Says.IndexOf(". ", StringComparison.Ordinal) is var end and > 0
            ? line.Says[..(end + 1)]
            : line.Says;

    private static void Write(Utf8JsonWriter w, CoverageLine line)
    {
        w.WriteString("account", line.Account);
        w.WriteString("region", line.Region);
        w.WriteString("rule", line.Rule.Name);
        w.WriteString("identifier", line.Rule.ManagedIdentifier);
        w.WriteString("answer", line.Coverage.Name());
        w.Texts("resourceTypes", line.Types);
        w.WriteString("playbook", line.Playbook);
        w.WriteString("mode", line.Mode?.Name());
        w.Texts("missing", line.Missing);
        w.WriteString("says", line.Says);
    }

    /// <summary>In place of AWS: a file is compared without it.</summary>
    private sealed class NoAccounts : IAwsAccounts
    {
        public IAws For(string account, string region) => throw new InvalidOperationException("Rules of a file are compared without AWS.");
    }

    private sealed class NoTags : ITags
    {
        public bool IsOneCall(ResourceKey resource) => false;

        public Task<ImmutableDictionary<string, string>> ReadAsync(ResourceKey resource, CancellationToken ct) =>
            throw new InvalidOperationException("Rules of a file are compared without AWS.");
    }
}
