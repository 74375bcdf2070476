using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Holds the second step of escalations against the teams that the policy knows, and against how often the sweep looks.</summary>
internal static class SecondStepCheck
{
    /// <summary>The sweep comes by every few minutes: a step after less would come when it comes.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(15);

    public static IEnumerable<Problem> Of(Policy policy, YamlPositions places)
    {
        string[] known =
        [
            .. policy.Rules.Prepend(policy.Defaults).Select(e => e.Owner).Concat(policy.Accounts.Values.Select(a => a.Team))
                .OfType<string>().Where(o => o.Length > 0).Distinct(),
        ];
        return policy.Rules.Prepend(policy.Defaults).Where(e => e.EscalateTo is not null)
            .SelectMany(e => Of(e, e.EscalateTo!, known, places));
    }

    private static IEnumerable<Problem> Of(PolicyEntry entry, SecondStep step, string[] known, YamlPositions places)
    {
        var at = places.Of("owner", step.Owner, entry.At);
        if (!known.Contains(step.Owner) && !step.Owner.Contains("${", StringComparison.Ordinal))
        {
            yield return new("PO028", at, $"no entry and no account has the owner '{step.Owner}': is somebody subscribed as this team?"
                + Nearest.Hint(step.Owner, known))
            {
                IsWarning = true,
            };
        }

        if (step.Owner == entry.Owner)
        {
            yield return new("PO028", at, $"'{step.Owner}' is called first already: name another team in 'escalate-to'")
            {
                IsWarning = true,
            };
        }

        if (step.After < Least)
        {
            yield return new("PO029", entry.At, "'escalate-to' after less than 15 minutes: the sweep looks every few minutes, and nobody "
                + "had time to acknowledge; the second team would be called nearly always")
            {
                IsWarning = true,
            };
        }
    }
}
