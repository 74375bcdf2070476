using System.CommandLine;
using Remediator.Cli.Listing;
using Remediator.Cli.Operate;
using Remediator.Cli.Output;
using Remediator.Operate;
using Remediator.Record;

namespace Remediator.Cli.Commands;

/// <summary>
/// <c>undo</c>, <c>approve</c>, <c>retry</c>, <c>acknowledge</c>, <c>hold</c>, <c>exempt</c>, <c>stop</c> and <c>start</c>: what people
/// tell the service.
/// </summary>
internal static class OperatorCommands
{
    public static IEnumerable<Command> Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var force = new Option<bool>("--force")
        {
            Description = "Put back although the resource no longer holds what was written; needs --why.",
        };
        var why = new Option<string?>("--why") { Description = "The reason, for the journal.", HelpName = "TEXT" };
        var reason = new Option<string>("--why")
        {
            Description = "The reason; it is shown wherever the stop holds a change back.",
            HelpName = "TEXT",
            Required = true,
        };
        var until = OrderCommands.Until();
        var match = new Option<string[]>("--match")
        {
            Description =
                "What it is about, in place of incidents: rule, resource, resource-type, account or region, with '*' and '?'. May be "
                + "repeated; all of them must hold.",
            HelpName = "WORD=PATTERN",
        };
        yield return Command(
            OperatorVerb.Undo,
            "Puts back what incidents changed, the newest first, proves it, and holds them.",
            """
            remediator undo 01AB-CD2E-3F4G                                stops where somebody changed the setting since, and shows it
            remediator undo 01AB-CD2E-3F4G --force --why 'agreed with team web'
            remediator undo --playbook s3/bucket-versioning --since 2h    everything that this playbook changed; shows it and asks
            remediator undo 01AB-CD2E-3F4G --function remediator-Operate  let the deployed function do it
            """,
            force,
            why);
        yield return Command(
            OperatorVerb.Approve,
            "Approves the plans of incidents that ask first: each is planned again and carried out only if the plan is the same.",
            """
            remediator show 01AB-CD2E-3F4G        first look at what will be done
            remediator approve 01AB-CD2E-3F4G
            remediator approve --rule S3_BUCKET_VERSIONING_ENABLED --account shop-prod     shows the plans by their form, and asks
            remediator approve --problem problem-0a1b2c3d4e                                likewise, for all that one cause is behind
            """,
            why);
        yield return Command(
            OperatorVerb.Retry,
            "Starts again from the live state, for instance after a permission was added, a freeze ended, or to end a hold.",
            """
            remediator retry 01AB-CD2E-3F4G
            remediator retry --reason not-permitted --account shop-prod
            """,
            why);
        yield return Command(
            OperatorVerb.Acknowledge,
            "Marks incidents as taken: no more reminders are sent.",
            """
            remediator acknowledge 01AB-CD2E-3F4G
            remediator acknowledge --state escalated --team shop
            """,
            why);
        yield return Command(
            OperatorVerb.Hold,
            "Leaves resources alone for a week or until a time, whatever Config reports, and continues then; retry ends it.",
            """
            remediator hold 01AB-CD2E-3F4G --why 'migration, ask Kim'
            remediator hold --team shop --until 2027-01-08 --why 'migration, ask Kim'
            remediator hold --match resource=orders-db --why 'migration, ask Kim'    found or not yet; 'remediator lift' ends it
            """,
            reason,
            until,
            match);
        yield return Command(
            OperatorVerb.Exempt,
            "Leaves resources alone until a day without notices; no deployment is needed. 'remediator lift' ends it earlier.",
            """
            remediator exempt 01AB-CD2E-3F4G --until 2027-06-30 --why 'serves the downloads page'    this rule, this resource
            remediator exempt --match resource=public-* --match rule=S3_* --until 90d --why 'public on purpose'
            remediator exempt --rule S3_BUCKET_VERSIONING_ENABLED --team shop --until 30d --why 'see SHOP-17'    what is open of it
            """,
            reason,
            until,
            match);
        yield return Switch(
            OperatorVerb.Stop,
            "Stops all changes within seconds, in every account; events are still received and planned.",
            """
            remediator stop --why 'release weekend, ask Kim'
            """,
            reason);
        yield return Switch(OperatorVerb.Start, "Allows changes again.", "remediator start", why);

        Command Switch(OperatorVerb verb, string description, string examples, Option words)
        {
            var command = Bare(verb, description, examples, words);
            command.SetAction(
                (parse, ct) =>
                    OperatorRun.RunAsync(
                        terminal(parse), Settings(parse), Order(parse, verb, ""), common.FunctionOf(parse, terminal(parse).Outside), ct));
            return command;
        }

        Command Command(OperatorVerb verb, string description, string examples, params ReadOnlySpan<Option> options)
        {
            var incidents = new Argument<string[]>("INCIDENTS")
            {
                Description =
                    "Ids of incidents, as notices and 'remediator incidents' show them (01AB-CD2E-3F4G; case and dashes do not "
                    + "matter). Filters choose them instead.",
                Arity = ArgumentArity.ZeroOrMore,
            };
            var yes = new Option<bool>("--yes") { Description = "Where there are several: ask nobody." };
            var plan = new Option<string?>("--plan")
            {
                Description = "Only while this is the plan; notices and 'remediator show' name it.",
                HelpName = "ID",
            };
            var problem = new Option<string?>("--problem")
            {
                Description = "In place of ids and filters: the incidents of a problem, as 'remediator problems' names it.",
                HelpName = "PROBLEM",
            };
            var filters = new FilterOptions(hasBy: false, hasUntil: verb is not (OperatorVerb.Hold or OperatorVerb.Exempt));
            var command = Bare(verb, description, examples, options);
            command.Add(incidents);
            command.Add(yes);
            command.Add(problem);
            if (verb is OperatorVerb.Approve or OperatorVerb.Undo)
            {
                command.Add(plan);
            }

            filters.AddTo(command);
            command.SetAction(
                (parse, ct) =>
                {
                    var (at, ids) = (terminal(parse), parse.GetValue(incidents) ?? []);
                    var filter = filters.Read(parse, at.Outside.Clock.GetUtcNow());
                    var patterns = verb is OperatorVerb.Hold or OperatorVerb.Exempt ? parse.GetValue(match) ?? [] : [];
                    var shown = verb is OperatorVerb.Approve or OperatorVerb.Undo ? parse.GetValue(plan) : null;
                    if (patterns is [_, ..])
                    {
                        return ids is [] && filter.IsEmpty
                            ? OperatorRun.RunAsync(
                                at,
                                Settings(parse),
                                Order(parse, verb, "") with { Match = OrderCommands.Match(patterns) },
                                common.FunctionOf(parse, at.Outside),
                                ct)
                            : throw new UsageException("--match stands in place of ids and filters.");
                    }

                    var of = parse.GetValue(problem);
                    return (ids, filter.IsEmpty) switch
                    {
                        ([_, ..], _) or (_, false) when of is not null => throw new UsageException(
                            "--problem stands in place of ids and filters."),
                        _ when of is not null && shown is not null => throw new UsageException("--plan is the plan of one incident."),
                        ([], true) when of is not null => ManyAsync(
                            at,
                            Settings(parse),
                            Order(parse, verb, ""),
                            (journal, order) => Selection.OfProblemAsync(journal, order, of, at.Outside.Clock.GetUtcNow(), ct),
                            parse.GetValue(yes),
                            common.FunctionOf(parse, at.Outside),
                            ct),
                        ([], true) => throw new UsageException(
                            $"Which incidents? Name them by id, or choose them: remediator {command.Name} --rule NAME. --state open "
                            + "is all that are open."
                        ),
                        ([_, ..], false) => throw new UsageException(
                            "Ids and filters exclude each other: name the incidents, or choose them."),
                        ([_, _, ..] or [], _) when shown is not null => throw new UsageException("--plan is the plan of one incident."),
                        ([var one], _) => OperatorRun.RunAsync(
                            at,
                            Settings(parse),
                            Order(parse, verb, one) with
                            {
                                Plan = shown,
                            },
                            common.FunctionOf(parse, terminal(parse).Outside),
                            ct),
                        _ => ManyAsync(
                            at,
                            Settings(parse),
                            Order(parse, verb, ""),
                            (journal, order) => Selection.OfAsync(journal, order, ids, filter, ct),
                            parse.GetValue(yes),
                            common.FunctionOf(parse, terminal(parse).Outside),
                            ct),
                    };
                });
            return command;
        }

        TaughtCommand Bare(OperatorVerb verb, string description, string examples, params ReadOnlySpan<Option> options)
        {
            var command = new TaughtCommand(verb.ToString().ToLowerInvariant(), description, examples);
            foreach (var option in options)
            {
                command.Add(option);
            }

            foreach (var option in new Option[] { common.By, common.Function, common.Local, common.Playbooks, common.Policy })
            {
                command.Add(option);
            }

            return command;
        }

        CliSettings Settings(ParseResult parse) =>
            new(terminal(parse).Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy));

        OperatorCommand Order(ParseResult parse, OperatorVerb verb, string incident) => new(
            verb,
            incident,
            parse.GetValue(common.By) ?? terminal(parse).Outside.Environment("USER") ?? "unknown",
            verb is OperatorVerb.Stop or OperatorVerb.Hold or OperatorVerb.Exempt ? parse.GetValue(reason) : parse.GetValue(why),
            verb is OperatorVerb.Undo && parse.GetValue(force))
        {
            Until = verb is OperatorVerb.Hold or OperatorVerb.Exempt
                ? OrderCommands.ReadUntil(parse.GetValue(until), terminal(parse)) : null,
        };
    }

    private static async Task<int> ManyAsync(
        Terminal at,
        CliSettings settings,
        OperatorCommand command,
        Func<IJournal, OperatorCommand, Task<Selection>> select,
        bool isAgreed,
        string? function,
        CancellationToken ct)
    {
        if (CommandText.Objection(command) is { } objection)
        {
            throw new UsageException(objection);
        }

        var foundation = at.Outside.Connect(settings.ForJournal());
        await Unsealed.WarnAsync(at, foundation, ct);
        return await new Bulk(at, token => Targets.OpenAsync(at, settings, function, changesResources: true, token))
            .RunAsync(command, await select(foundation.Journal, command), isAgreed, ct);
    }
}
