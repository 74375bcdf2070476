using System.Collections.Immutable;
using System.CommandLine;
using Remediator.Incidents;

namespace Remediator.Cli.Listing;

/// <summary>The options that select incidents, the same in every command.</summary>
internal sealed class FilterOptions
{
    private const string Open = "open";
    private const string All = "all";

    private readonly Option<string[]> _rule = Words(
        "--rule", "NAME", "Of this rule: its name or a managed rule's identifier; * stands for anything.");
    private readonly Option<string[]> _playbook = Words("--playbook", "NAME", "Answered by this playbook.");
    private readonly Option<string[]> _deployment = Words(
        "--deployment", "ID", "Changed by this deployment, as 'remediator show' names it; * stands for anything.");
    private readonly Option<string[]> _team = Words("--team", "NAME", "Of this team, the policy's owner.");
    private readonly Option<string[]> _account = Words("--account", "ID", "Of this account, by its id or its name.");
    private readonly Option<string[]> _state = Words("--state", "STATE", "In this state; open is all that are not closed, all is all.");
    private readonly Option<string[]> _severity = Words("--severity", "NAME", "Of this severity.");
    private readonly Option<string[]> _reason = Words("--reason", "NAME", "Stopped for this reason.");
    private readonly Option<string[]> _saidBy = Words("--said-by", "NAME", "About which this person gave a command.");

    private readonly Option<string?> _since = new("--since")
    {
        Description = $"Changed since then, or where nothing was changed, opened: {WrittenTime.Forms}.",
        HelpName = "TIME",
    };

    private readonly bool hasUntil;
    private readonly Option<string?> _until = new("--until") { Description = "Changed, or opened, until then.", HelpName = "TIME" };

    /// <param name="hasBy">Whether --by is short for --said-by; it is not where --by names who gives the command.</param>
    /// <param name="hasUntil">Whether --until is among them; it is not where --until is the end of what a command says.</param>
    public FilterOptions(bool hasBy, bool hasUntil = true)
    {
        this.hasUntil = hasUntil;
        if (hasBy)
        {
            _saidBy.Aliases.Add("--by");
        }

        _state.AcceptOnlyFromAmong([Open, All, .. Enum.GetValues<IncidentState>().Select(StateName).Except([Open])]);
        _severity.AcceptOnlyFromAmong(SeverityNames.All);
        _reason.AcceptOnlyFromAmong([.. Enum.GetValues<Reason>().Select(r => r.Name())]);
    }

    public void AddTo(Command command)
    {
        Option[] options = [_rule, _playbook, _deployment, _team, _account, _state, _severity, _reason, _since, _until, _saidBy];
        foreach (var option in options.Where(o => o != _until || hasUntil))
        {
            command.Add(option);
        }
    }

    /// <exception cref="UsageException">A time cannot be read.</exception>
    public IncidentFilter Read(ParseResult parse, DateTimeOffset now)
    {
        var (since, until) = (Time(parse, _since, now), hasUntil ? Time(parse, _until, now) : null);
        return since > until
            ? throw new UsageException("--since is later than --until: no incident can match.")
            : new()
            {
                Rules = Values(parse, _rule),
                Playbooks = Values(parse, _playbook),
                Deployments = Values(parse, _deployment),
                Teams = Values(parse, _team),
                Accounts = Values(parse, _account),
                States = Values(parse, _state) is { IsEmpty: false } states ? [.. states.SelectMany(States)] : null,
                HasLaterStates = Values(parse, _state).Intersect([Open, All]).Any(),
                Severities = [.. Values(parse, _severity).Select(s => SeverityNames.Of(s))],
                Reasons = [.. Values(parse, _reason).Select(name => Enum.GetValues<Reason>().Single(r => r.Name() == name))],
                SaidBy = Values(parse, _saidBy),
                Since = since,
                Until = until,
            };
    }

    /// <summary>A state as it is written in a command: <c>awaiting-approval</c>.</summary>
    public static string StateName(IncidentState state) =>
        string.Concat(
            state.StoredName().Select((c, i) => char.IsAsciiLetterUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : $"{c}"));

    private static IEnumerable<IncidentState> States(string name) => name switch
    {
        All => Enum.GetValues<IncidentState>(),
        Open => Enum.GetValues<IncidentState>().Where(s => s is not IncidentState.Closed),
        _ => Enum.GetValues<IncidentState>().Where(s => StateName(s) == name),
    };

    private static Option<string[]> Words(string name, string helpName, string description) =>
        new(name) { Description = $"{description} May be repeated.", HelpName = helpName };

    private static ImmutableArray<string> Values(ParseResult parse, Option<string[]> option) => [.. parse.GetValue(option) ?? []];

    private static DateTimeOffset? Time(ParseResult parse, Option<string?> option, DateTimeOffset now) =>
        parse.GetValue(option) is not { } text
            ? null
            : WrittenTime.Read(text, now) ?? throw new UsageException($"{option.Name} {text} is no time: write {WrittenTime.Forms}.");
}
