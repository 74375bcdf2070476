using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Finds <c>!a.b</c>, which means <c>(!a).b</c> and is always null.</summary>
internal static class NegationCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) => PlacedExpressions.Of(playbook)
        .Where(e => e.Expression.ReadsNegation)
        .Select(e => new Problem("PB104", e.At,
            $"'{e.Expression.Text}' asks a member of true or false: '!a.b' means '(!a).b', so write '!(a.b)'"));
}
