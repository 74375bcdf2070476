using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Cli.Output;
using Remediator.Cli.Replay;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>rollback TYPE ID</c>: does for a person what an event does that says when the resource was right last.</summary>
internal static class RollbackCommand
{
    private const string Examples = """
        remediator rollback AWS::S3::Bucket shop-invoices --rule our-baseline --to 2026-11-27T08:00:00Z --dry-run
        remediator rollback AWS::EC2::SecurityGroup sg-0a1b2c3d4e5f60718 --to 2026-11-27T08:00:00Z
        """;

    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var type = new Argument<string>("TYPE") { Description = "The resource's type, as in AWS::S3::Bucket." };
        var id = new Argument<string>("ID") { Description = "The resource's id, as AWS Config has it." };
        var rule = new Option<string?>("--rule")
        {
            Description = "The Config rule, by its name, that finds the resource wrong: the incident is under it, and of a managed rule "
                + "only its settings go back. Without it, the one rule that finds the resource wrong has the incident, and every setting "
                + "that drifted since goes back.",
            HelpName = "NAME",
        };
        var to = new Option<string>("--to")
        {
            Description = "A time at which the resource was right; 'remediator history' shows what was recorded when.",
            HelpName = "TIME",
            Required = true,
        };
        var account = new Option<string?>("--account")
        {
            Description = "The account of the resource; otherwise the own one.",
            HelpName = "ID",
        };
        var dry = new Option<bool>("--dry-run") { Description = "Show the plan; change nothing." };
        var command = new TaughtCommand(
            "rollback",
            "Puts the settings of a resource back to what AWS Config recorded at a time, under the same promises as for an event.",
            Examples)
        {
            type,
            id,
            rule,
            to,
            account,
            dry,
            common.Playbooks,
            common.Policy,
        };
        command.SetAction(
            async (parse, ct) =>
            {
                var at = terminal(parse);
                var settings = new CliSettings(at.Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy));
                var service = await settings.ForChangesAsync(ct);
                var resource = new ResourceKey(
                    parse.GetValue(account) ?? service.AccountId, service.Region, parse.GetValue(type)!, parse.GetValue(id)!);
                var (accounts, named) = (at.Outside.Connect(service).Accounts, parse.GetValue(rule));
                var held = Time(parse.GetValue(to)!, at.Outside.Clock.GetUtcNow());
                var change = new ComplianceChange
                {
                    Resource = resource,
                    Rule = await RuleAsync(
                        accounts, resource, named ?? await WrongByAsync(new(accounts, at.Outside.Clock), resource, ct), ct),
                    Compliance = Compliance.NonCompliant,
                    RecordedAt = at.Outside.Clock.GetUtcNow(),
                    CompliantBefore = held,
                    Annotation = string.Create(CultureInfo.InvariantCulture, $"A person rolls it back to {held:u}."),
                };
                var mode = parse.GetValue(dry) ? Mode.Observe : Mode.Auto;
                Func<Policy, Policy> policy = named is null ? PolicyOverride.RollsAllBack : PolicyOverride.RollsBack;
                var replayed = await new Replayer(at, settings, mode, Json.EmptyObject, policy).RunAsync(change, ct);
                at.Json(replayed.Write);
                return ExitCodes.OfName(replayed.Outcome);
            });
        return command;
    }

    private static DateTimeOffset Time(string text, DateTimeOffset now) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) && time < now
            ? time
            : throw new UsageException($"--to {text} is not a time that has passed; one looks like 2026-11-27T08:00:00Z.");

    /// <summary>The rule that finds the resource wrong; where none does, the one that evaluates it. A person chooses of several.</summary>
    private static async Task<string> WrongByAsync(AwsConfigService config, ResourceKey resource, CancellationToken ct)
    {
        var results = await config.EvaluationsAsync(resource, resource.Region, ct);
        var wrong = results.Where(r => r.Value is Compliance.NonCompliant).Select(r => r.Key).ToList();
        var rules = wrong is [] ? [.. results.Keys] : wrong;
        return rules switch
        {
            [var one] => one,
            [] => throw new UsageException(
                $"No Config rule evaluates {resource}. An incident is under a rule, whose word it ends with: give one with --rule."),
            _ => throw new UsageException(
                $"{(wrong is [] ? "Several rules evaluate" : "Several rules find wrong")} {resource}: "
                + $"{string.Join(", ", rules.Order(StringComparer.Ordinal))}. Choose one with --rule."),
        };
    }

    private static async Task<RuleRef> RuleAsync(IAwsAccounts accounts, ResourceKey resource, string name, CancellationToken ct)
    {
        try
        {
            var input = Json.Object([new("ConfigRuleNames", Json.List([Json.Text(name)]))]);
            var output = await accounts.For(resource.Account, resource.Region).CallAsync("config:DescribeConfigRules", input, ct);
            var found = output.Member("ConfigRules") is { ValueKind: JsonValueKind.Array } rules
                && rules.GetArrayLength() > 0 ? rules[0] : default;
            return new(name, found.TextOf("ConfigRuleArn") ?? throw new UsageException($"AWS Config gives no ARN for the rule {name}."));
        }
        catch (AwsException e) when (e.Code is "NoSuchConfigRuleException")
        {
            throw new UsageException($"There is no Config rule {name} in {resource.Account}, {resource.Region}.");
        }
    }
}
