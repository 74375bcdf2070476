using System.CommandLine;
using Remediator.Cli.Listing;
using Remediator.Cli.Operate;
using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Operate;

namespace Remediator.Cli.Commands;

/// <summary>
/// <c>orders</c>, <c>renew</c>, <c>lift</c>, <c>pause</c> and <c>resume</c>: what people said that lasts. <c>exempt</c> and <c>hold</c>,
/// which take incidents too, are among <see cref="OperatorCommands"/>.
/// </summary>
internal static class OrderCommands
{
    public static IEnumerable<Command> Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var why = new Option<string?>("--why") { Description = "The reason, for the journal.", HelpName = "TEXT" };
        var reason = new Option<string>("--why") { Description = "The reason, for the journal.", HelpName = "TEXT", Required = true };
        var until = Until();
        var rule = new Option<string?>("--rule")
        {
            Description = "The rule, by its own name or a managed rule's identifier; '*' stands for anything.",
            HelpName = "NAME",
        };
        var rollout = new Option<string?>("--rollout")
        {
            Description = "In place of a rule: a rollout that rises, as 'remediator rollouts' names it.",
            HelpName = "ROLLOUT",
        };
        var account = new Option<string?>("--account") { Description = "In this account only.", HelpName = "ID" };
        var region = new Option<string?>("--region") { Description = "In this region only.", HelpName = "REGION" };
        var order = new Argument<string>("ORDER") { Description = "The order, as 'remediator orders' names it." };
        var several = new Argument<string[]>("ORDERS")
        {
            Description = "Orders, as 'remediator orders' names them.",
            Arity = ArgumentArity.OneOrMore,
        };
        yield return Listing(common, terminal);
        yield return Command(
            "pause",
            "Records only what a rule finds, for a week or until a time: no changes and no notices. Or holds a rollout at its present "
            + "share.",
            """
            remediator pause --rule S3_BUCKET_VERSIONING_ENABLED --why 'finds far too much, ask Kim'
            remediator pause --rule our-own-rule --account 111111111111 --until 3d --why 'migration'
            """,
            parse => [(OperatorVerb.Pause, OnlyOne(parse))],
            rule, rollout, account, region, until, reason);
        yield return Command(
            "resume",
            "Ends the pause of a rule: what was recorded meanwhile continues. Or lets a held rollout rise again.",
            """
            remediator resume --rule S3_BUCKET_VERSIONING_ENABLED
            remediator resume --rollout rollout-0a1b2c3d4e --why 'the undo was a mistake'
            """,
            parse => [(OperatorVerb.Resume, OnlyOne(parse))],
            rule, rollout, account, region, why);
        yield return Command(
            "renew",
            "Changes the end of an exemption, a hold or a pause.",
            "remediator renew exempt-0a1b2c3d4e --until 2027-06-30 --why 'serves the downloads page still'",
            parse => [(OperatorVerb.Renew, parse.GetValue(order)!)],
            order, until, reason);
        yield return Command(
            "lift",
            "Ends exemptions, holds and pauses early: what waited continues within minutes.",
            "remediator lift exempt-0a1b2c3d4e hold-5f60718293 --why 'the migration is over'",
            parse => parse.GetValue(several)!.Distinct().Select(id => (OperatorVerb.Lift, id)),
            several, why);

        // The rollout, or nothing where a rule is meant.
        string OnlyOne(ParseResult parse) => (parse.GetValue(rule), parse.GetValue(rollout)) switch
        {
            (null, { } id) when parse.GetValue(account) is null && parse.GetValue(region) is null && parse.GetValue(until) is null => id,
            (not null, null) => "",
            (null, not null) => throw new UsageException("--rollout stands alone: --account, --region and --until go with --rule."),
            _ => throw new UsageException("Say --rule or --rollout, one of them."),
        };

        TaughtCommand Command(
            string name,
            string description,
            string examples,
            Func<ParseResult, IEnumerable<(OperatorVerb Verb, string Order)>> orders,
            params ReadOnlySpan<Symbol> words)
        {
            var command = new TaughtCommand(name, description, examples);
            foreach (var word in words)
            {
                if (word is Argument argument)
                {
                    command.Add(argument);
                }
                else
                {
                    command.Add((Option)word);
                }
            }

            foreach (var option in new Option[] { common.By, common.Function, common.Local, common.Playbooks, common.Policy })
            {
                command.Add(option);
            }

            var (hasRule, hasUntil, hasReason) = (words.Contains(rule), words.Contains(until), words.Contains(reason));
            command.SetAction(async (parse, ct) =>
            {
                var (at, code) = (terminal(parse), ExitCodes.Done);
                var settings = new CliSettings(at.Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy));
                foreach (var (verb, id) in orders(parse))
                {
                    var said = new OperatorCommand(
                        verb,
                        "",
                        parse.GetValue(common.By) ?? at.Outside.Environment("USER") ?? "unknown",
                        hasReason ? parse.GetValue(reason) : parse.GetValue(why),
                        Force: false)
                    {
                        Order = id,
                        Match = hasRule && id.Length == 0 ? new()
                        {
                            Rule = parse.GetValue(rule),
                            Account = parse.GetValue(account),
                            Region = parse.GetValue(region),
                        }
                        : null,
                        Until = hasUntil ? ReadUntil(parse.GetValue(until), at) : null,
                    };
                    var ended = await OperatorRun.RunAsync(at, settings, said, common.FunctionOf(parse, at.Outside), ct);
                    code = Math.Max(code, ended);
                }

                return code;
            });
            return command;
        }
    }

    /// <summary>The words of <c>--match</c>: those of the policy.</summary>
    public static OrderMatch Match(IEnumerable<string> words)
    {
        var match = new OrderMatch();
        foreach (var word in words)
        {
            match = word.Split('=', 2) switch
            {
                ["rule", var pattern] when match.Rule is null => match with { Rule = pattern },
                ["resource", var pattern] when match.Resource is null => match with { Resource = pattern },
                ["resource-type", var pattern] when match.ResourceType is null => match with { ResourceType = pattern },
                ["account", var pattern] when match.Account is null => match with { Account = pattern },
                ["region", var pattern] when match.Region is null => match with { Region = pattern },
                ["rule" or "resource" or "resource-type" or "account" or "region", _] => throw new UsageException(
                    $"--match {word}: the word is given twice; two orders are two commands."),
                _ => throw new UsageException(
                    $"--match {word}: write WORD=PATTERN, with rule, resource, resource-type, account or region as WORD."),
            };
        }

        return match.Objection is { } objection ? throw new UsageException(objection) : match;
    }

    public static Option<string?> Until() => new("--until")
    {
        Description = $"Until when: {WrittenTime.FormsAhead}.",
        HelpName = "TIME",
    };

    public static DateTimeOffset? ReadUntil(string? text, Terminal at) => text is null ? null
        : WrittenTime.Ahead(text, at.Outside.Clock.GetUtcNow()) ?? throw new UsageException(
            $"'--until {text}' is no time: write {WrittenTime.FormsAhead}.");

    private static TaughtCommand Listing(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var ended = new Option<bool>("--ended") { Description = "Those that are over, in place of those in force." };
        var command = new TaughtCommand(
            "orders",
            "Lists exemptions, holds and pauses given by command, with who, why and until when.",
            """
            remediator orders
            remediator orders --ended
            """)
        {
            ended,
        };
        command.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            var foundation = at.Outside.Connect(new CliSettings(at.Outside).ForJournal());
            await Unsealed.WarnAsync(at, foundation, ct);
            var book = parse.GetValue(ended)
                ? await foundation.Journal.EndedOrdersAsync(ct)
                : await foundation.Journal.OrdersAsync(OrderBook.Empty, ct);
            OrderText.Show(at, book, at.Outside.Clock.GetUtcNow(), parse.GetValue(ended));
            return book.Unbelieved.IsEmpty ? ExitCodes.Done : ExitCodes.Problems;
        });
        return command;
    }
}
