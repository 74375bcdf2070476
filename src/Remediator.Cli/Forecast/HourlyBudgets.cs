using System.Collections.Immutable;

namespace Remediator.Cli.Forecast;

/// <summary>In which hour each change is made, where all of them are due now: budgets hold by the hour, and begin unused.</summary>
internal static class HourlyBudgets
{
    public static ImmutableArray<Prospect> Spread(ImmutableArray<Prospect> prospects, Decide.Budgets budgets)
    {
        var used = new Dictionary<(int Hour, string Name), int>();
        return
        [
            .. prospects.Select(p => p.Then.Kind is Expected.Change ? p with { Then = p.Then with { Hour = Take(used, p, budgets) } } : p),
        ];
    }

    private static int? Take(Dictionary<(int Hour, string Name), int> used, Prospect prospect, Decide.Budgets budgets)
    {
        (string Name, int Limit)[] bounds =
        [
            ("all", budgets.PerHour),
            ($"account {prospect.Incident.Resource.Account}", budgets.PerAccount),
            ($"playbook {prospect.Then.Playbook}", budgets.PerPlaybook),
        ];
        if (bounds.Any(b => b.Limit == 0))
        {
            return null;
        }

        var hour = 1;
        while (bounds.Any(b => used.GetValueOrDefault((hour, b.Name)) >= b.Limit))
        {
            hour++;
        }

        foreach (var (name, _) in bounds)
        {
            used[(hour, name)] = used.GetValueOrDefault((hour, name)) + 1;
        }

        return hour;
    }
}
