using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.CommandLine;
using Remediator.Authoring.Checks;
using Remediator.Cli.Forecast;
using Remediator.Cli.Learn;
using Remediator.Cli.Listing;
using Remediator.Cli.Output;
using Remediator.Cli.Replay;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>plan</c>: what a policy would do about everything that is open, before it is turned on.</summary>
internal static class PlanCommand
{
    /// <summary>Few enough to finish within minutes without being throttled.</summary>
    private const int AtOnce = 8;

    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var policy = new Option<string?>("--policy")
        {
            Description = "The policy that might be deployed; without it, the policy in force with mode auto for everything.",
            HelpName = "FILE",
        };
        var inForce = new Option<string?>("--in-force")
        {
            Description = "The policy that is deployed; otherwise REMEDIATOR_POLICY, or the file beside the program.",
            HelpName = "FILE",
        };
        var html = new Option<string?>("--html")
        {
            Description = "Write a page too, which a browser shows without a server.",
            HelpName = "FILE",
        };
        var filters = new FilterOptions(hasBy: true);
        var command = new TaughtCommand(
            "plan",
            "Shows what auto, or another policy, would do about all open incidents, by rule, team and account, compared with now. "
            + "Nothing is changed or written.",
            """
            remediator plan                                     if everything were in mode auto
            remediator plan --policy new.yaml --html plan.html  before new.yaml is deployed
            remediator plan --policy new.yaml --team shop --json
            """
        )
        {
            policy,
            inForce,
            html,
            common.Playbooks,
        };
        filters.AddTo(command);
        command.SetAction(
            async (parse, ct) =>
            {
                var at = terminal(parse);
                var settings = await new CliSettings(at.Outside, parse.GetValue(common.Playbooks), parse.GetValue(inForce)).ForChangesAsync(
                    ct);
                var (now, name) = (CliSettings.ReadPolicy(settings), Path.GetFileName(settings.PolicyFile));
                var (then, called) = parse.GetValue(policy) is { } file
                    ? (PolicyFile.Read(file, new(settings.PlaybookFolder)), Path.GetFileName(file))
                    : (PolicyOverride.Apply(now, Mode.Auto, Json.EmptyObject), $"{name} with mode auto for everything");
                var foundation = at.Outside.Connect(settings);
                await Unsealed.WarnAsync(at, foundation, ct);
                var found = await new IncidentQuery(foundation.Journal).RunAsync(filters.Read(parse, at.Outside.Clock.GetUtcNow()), ct);
                var prospects = await OfAsync(at, foundation, new(settings.PlaybookFolder), found.Incidents, then, now, ct);
                var outlook = new Outlook(
                    called,
                    $"{name}, the policy in force,",
                    HourlyBudgets.Spread(prospects, then.Budgets),
                    await foundation.Journal.WhyStoppedAsync(ct))
                {
                    Suggestions = await SuggestionsAsync(foundation, found.Incidents, now, ct),
                };
                Show(at, outlook, parse.GetValue(html));
                return found.Unreadable.IsEmpty ? ExitCodes.Done : ExitCodes.Problems;
            });
        return command;
    }

    /// <summary>Against the policy in force: what it lowered is not raised.</summary>
    private static async Task<ImmutableArray<Suggestion>> SuggestionsAsync(
        Foundation foundation, ImmutableArray<Incident> incidents, Policy policy, CancellationToken ct)
    {
        var suggestions = ImmutableArray.CreateBuilder<Suggestion>();
        foreach (var (rule, identifier) in incidents.Select(i => (i.Rule.Name, i.Terms.RuleIdentifier)).Distinct().Order())
        {
            suggestions.Add(
                await Suggestion.OfAsync(foundation.Journal, policy, rule, identifier, foundation.Clock.GetUtcNow(), ct));
        }

        return [.. suggestions.Where(s => s.Mode is not null)];
    }

    private static async Task<ImmutableArray<Prospect>> OfAsync(
        Terminal at,
        Foundation foundation,
        PlaybookLibrary playbooks,
        ImmutableArray<Incident> incidents,
        Policy then,
        Policy now,
        CancellationToken ct)
    {
        var (forecast, current) = (new Forecaster(foundation, then, playbooks), new Forecaster(foundation, now, playbooks));
        var (prospects, done) = (new ConcurrentDictionary<int, Prospect>(), 0);
        await Parallel.ForEachAsync(
            incidents.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (item, token) =>
            {
                prospects[item.Index] = new(item.Item, await forecast.OfAsync(item.Item, token), await current.OfAsync(item.Item, token));
                if (Interlocked.Increment(ref done) % 50 == 0)
                {
                    at.Progress($"{done} of {incidents.Length} looked at");
                }
            });
        return [.. prospects.OrderBy(p => p.Key).Select(p => p.Value)];
    }

    private static void Show(Terminal at, Outlook outlook, string? page)
    {
        if (outlook.Prospects.IsEmpty)
        {
            at.Screen.Line("No open incident matches: there is nothing to plan.");
        }
        else
        {
            OutlookText.Show(at.Screen, outlook);
        }

        if (page is not null)
        {
            File.WriteAllText(page, OutlookPage.Of(outlook, at.Outside.Clock.GetUtcNow()));
            at.Screen.Line($"{page} written.", Tone.Good);
        }

        at.Json(outlook.Write);
    }
}
