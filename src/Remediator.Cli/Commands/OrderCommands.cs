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
internal sealed class OrderCommands(CommonOptions common, Func<ParseResult, Terminal> terminal)
{
    private readonly Option<string?> _why = new("--why") { Description = "The reason, for the journal.", HelpName = "TEXT" };

    private readonly Option<string> _reason = new("--why")
    {
        Description = "The reason, for the journal.",
        HelpName = "TEXT",
        Required = true,
    };

    private readonly Option<string?> _until = Until();

    private readonly Option<string?> _rule = new("--rule")
    {
        Description = "The rule, by its own name or a managed rule's identifier; '*' stands for anything.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _rollout = new("--rollout")
    {
        Description = "In place of a rule: a rollout that rises, as 'remediator rollouts' names it.",
        HelpName = "ROLLOUT",
    };

    private readonly Option<string?> _account = new("--account") { Description = "In this account only.", HelpName = "ID" };

    private readonly Option<string?> _region = new("--region") { Description = "In this region only.", HelpName = "REGION" };

    private readonly Argument<string> _order = new("ORDER") { Description = "The order, as 'remediator orders' names it." };

    private readonly Argument<string[]> _orders = new("ORDERS")
    {
        Description = "Orders, as 'remediator orders' names them.",
        Arity = ArgumentArity.OneOrMore,
    };

    public IEnumerable<Command> Build() => [Listing(), Pause(), Resume(), Renew(), Lift()];

    private TaughtCommand Pause() => New(
        "pause",
        "Records only what a rule finds, for a week or until a time: no changes and no notices. Or holds a rollout at its present "
        + "share.",
        """
        remediator pause --rule S3_BUCKET_VERSIONING_ENABLED --why 'finds far too much, ask Kim'
        remediator pause --rule our-own-rule --account 111111111111 --until 3d --why 'migration'
        """,
        parse => [(OperatorVerb.Pause, RolloutOrRule(parse))],
        _rule, _rollout, _account, _region, _until, _reason);

    private TaughtCommand Resume() => New(
        "resume",
        "Ends the pause of a rule: what was recorded meanwhile continues. Or lets a held rollout rise again.",
        """
        remediator resume --rule S3_BUCKET_VERSIONING_ENABLED
        remediator resume --rollout rollout-0a1b2c3d4e --why 'the undo was a mistake'
        """,
        parse => [(OperatorVerb.Resume, RolloutOrRule(parse))],
        _rule, _rollout, _account, _region, _why);

    private TaughtCommand Renew() => New(
        "renew",
        "Changes the end of an exemption, a hold or a pause.",
        "remediator renew exempt-0a1b2c3d4e --until 2027-06-30 --why 'serves the downloads page still'",
        parse => [(OperatorVerb.Renew, parse.GetValue(_order)!)],
        _order, _until, _reason);

    private TaughtCommand Lift() => New(
        "lift",
        "Ends exemptions, holds and pauses early: what waited continues within minutes.",
        "remediator lift exempt-0a1b2c3d4e hold-5f60718293 --why 'the migration is over'",
        parse => parse.GetValue(_orders)!.Distinct().Select(id => (OperatorVerb.Lift, id)),
        _orders, _why);

    /// <summary>The rollout, or nothing where a rule is meant.</summary>
    private string RolloutOrRule(ParseResult parse) => (parse.GetValue(_rule), parse.GetValue(_rollout)) switch
    {
        (null, { } id) when parse.GetValue(_account) is null && parse.GetValue(_region) is null && parse.GetValue(_until) is null => id,
        (not null, null) => "",
        (null, not null) => throw new UsageException("--rollout stands alone: --account, --region and --until go with --rule."),
        _ => throw new UsageException("Say --rule or --rollout, one of them."),
    };

    private TaughtCommand New(
        string name,
        string description,
        string examples,
        Func<ParseResult, IEnumerable<(OperatorVerb Verb, string Order)>> orders,
        params ReadOnlySpan<Symbol> words)
    {
        var command = new TaughtCommand(name, description, examples);
        ReadOnlySpan<Symbol> all = [.. words, common.By, common.Function, common.Local, common.Playbooks, common.Policy];
        foreach (var word in all)
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

        command.SetAction(async (parse, ct) =>
        {
            var (at, code) = (terminal(parse), ExitCodes.Done);
            var settings = new CliSettings(at.Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy));
            foreach (var (verb, id) in orders(parse))
            {
                var ended = await OperatorRun.RunAsync(
                    at, settings, Read(parse, command, verb, id), common.FunctionOf(parse, at.Outside), ct);
                code = Math.Max(code, ended);
            }

            return code;
        });
        return command;
    }

    private OperatorCommand Read(ParseResult parse, Command command, OperatorVerb verb, string order) => new(
        verb,
        "",
        parse.GetValue(common.By) ?? terminal(parse).Outside.Environment("USER") ?? "unknown",
        command.Options.Contains(_reason) ? parse.GetValue(_reason) : parse.GetValue(_why),
        Force: false)
    {
        Order = order,
        Match = command.Options.Contains(_rule) && order.Length == 0 ? new()
        {
            Rule = parse.GetValue(_rule),
            Account = parse.GetValue(_account),
            Region = parse.GetValue(_region),
        }
        : null,
        Until = command.Options.Contains(_until) ? ReadUntil(parse.GetValue(_until), terminal(parse)) : null,
    };

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

    private TaughtCommand Listing()
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
