using System.CommandLine;
using Remediator.Cli.Listing;
using Remediator.Cli.Operate;
using Remediator.Cli.Output;
using Remediator.Operate;
using Remediator.Record;

namespace Remediator.Cli.Commands;

/// <summary>Which incidents a command is about: named by id, chosen by filters or a problem, or whatever matches a pattern.</summary>
internal sealed class IncidentChoice(OperatorOptions options, Func<ParseResult, Terminal> terminal, OperatorVerb verb)
{
    private readonly Argument<string[]> _ids = new("INCIDENTS")
    {
        Description =
            "Ids of incidents, as notices and 'remediator incidents' show them (01AB-CD2E-3F4G; case and dashes do not "
            + "matter). Filters choose them instead.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _yes = new("--yes") { Description = "Where there are several: ask nobody." };

    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "Only while this is the plan; notices and 'remediator show' name it.",
        HelpName = "ID",
    };

    private readonly Option<string?> _problem = new("--problem")
    {
        Description = "In place of ids and filters: the incidents of a problem, as 'remediator problems' names it.",
        HelpName = "PROBLEM",
    };

    private readonly FilterOptions _filters = new(hasBy: false, hasUntil: !OperatorOptions.Lasts(verb));

    private bool HasPlan => verb is OperatorVerb.Approve or OperatorVerb.Undo;

    public void AddTo(Command command)
    {
        command.Add(_ids);
        command.Add(_yes);
        command.Add(_problem);
        if (HasPlan)
        {
            command.Add(_plan);
        }

        _filters.AddTo(command);
    }

    /// <exception cref="UsageException">Nothing is chosen, or in two ways at once.</exception>
    public Task<int> RunAsync(ParseResult parse, CancellationToken ct)
    {
        var ids = parse.GetValue(_ids) ?? [];
        var filter = _filters.Read(parse, terminal(parse).Outside.Clock.GetUtcNow());
        if (OperatorOptions.Lasts(verb) && parse.GetValue(options.Match) is [_, ..] patterns)
        {
            return ids is [] && filter.IsEmpty
                ? OneAsync(parse, options.Read(parse, verb, "") with { Match = OrderCommands.Match(patterns) }, ct)
                : throw new UsageException("--match stands in place of ids and filters.");
        }

        var (problem, plan) = (parse.GetValue(_problem), HasPlan ? parse.GetValue(_plan) : null);
        return (ids, filter.IsEmpty) switch
        {
            ([_, ..], _) or (_, false) when problem is not null => throw new UsageException(
                "--problem stands in place of ids and filters."),
            _ when problem is not null && plan is not null => throw new UsageException("--plan is the plan of one incident."),
            ([], true) when problem is not null => OfProblemAsync(parse, problem, ct),
            ([], true) => throw new UsageException(
                $"Which incidents? Name them by id, or choose them: remediator {parse.CommandResult.Command.Name} --rule NAME. "
                + "--state open is all that are open."),
            ([_, ..], false) => throw new UsageException("Ids and filters exclude each other: name the incidents, or choose them."),
            ([_, _, ..] or [], _) when plan is not null => throw new UsageException("--plan is the plan of one incident."),
            ([var one], _) => OneAsync(parse, options.Read(parse, verb, one) with { Plan = plan }, ct),
            _ => ManyAsync(parse, (journal, order) => Selection.OfAsync(journal, order, ids, filter, ct), ct),
        };
    }

    private Task<int> OneAsync(ParseResult parse, OperatorCommand command, CancellationToken ct) =>
        OperatorRun.RunAsync(terminal(parse), options.Settings(parse), command, options.Function(parse), ct);

    private Task<int> OfProblemAsync(ParseResult parse, string problem, CancellationToken ct) => ManyAsync(
        parse,
        (journal, order) => Selection.OfProblemAsync(journal, order, problem, terminal(parse).Outside.Clock.GetUtcNow(), ct),
        ct);

    private async Task<int> ManyAsync(
        ParseResult parse, Func<IJournal, OperatorCommand, Task<Selection>> select, CancellationToken ct)
    {
        var (at, settings, command) = (terminal(parse), options.Settings(parse), options.Read(parse, verb, ""));
        if (CommandText.Objection(command) is { } objection)
        {
            throw new UsageException(objection);
        }

        var foundation = at.Outside.Connect(settings.ForJournal());
        await Unsealed.WarnAsync(at, foundation, ct);
        return await new Bulk(at, token => Targets.OpenAsync(at, settings, options.Function(parse), changesResources: true, token))
            .RunAsync(command, await select(foundation.Journal, command), parse.GetValue(_yes), ct);
    }
}
