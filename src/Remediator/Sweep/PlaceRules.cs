using System.Runtime.ExceptionServices;
using Remediator.Aws;

namespace Remediator.Sweep;

/// <summary>
/// The rules of each place that have something to tell, by name: asked once in a pass, and of the places that come next ahead of their
/// turn. Of most places one call says that there is nothing.
/// </summary>
internal sealed class PlaceRules(
    IBacklog config, AggregatedRules aggregated, IReadOnlyList<(string Account, string Region)> places, Func<ConfigRule, bool> isOurs)
{
    /// <summary>Each account and region has limits of its own, so that these calls do not compete.</summary>
    private const int Ahead = 16;

    private readonly Dictionary<int, Task<Answer>> asked = [];

    /// <exception cref="AwsException">Config could not be asked there.</exception>
    public async Task<IReadOnlyList<ConfigRule>> OfAsync(int place, CancellationToken ct)
    {
        foreach (var next in Enumerable.Range(place, Math.Min(Ahead, places.Count - place)).Where(n => !asked.ContainsKey(n)))
        {
            asked[next] = AskAsync(places[next], ct);
        }

        var answer = await asked[place];
        answer.Fault?.Throw();
        return answer.Rules;
    }

    /// <summary>What went wrong is told when it is this place's turn.</summary>
    private async Task<Answer> AskAsync((string Account, string Region) place, CancellationToken ct)
    {
        try
        {
            var names = await aggregated.OfAsync(place, ct) ?? await config.NonCompliantRulesAsync(place.Account, place.Region, ct);
            IReadOnlyList<ConfigRule> rules = names is [] ? [] : await config.RulesAsync(place.Account, place.Region, names, ct);
            return new([.. rules.Where(isOurs).OrderBy(r => r.Name, StringComparer.Ordinal)], null);
        }
        catch (Exception e)
        {
            return new([], ExceptionDispatchInfo.Capture(e));
        }
    }

    private sealed record Answer(IReadOnlyList<ConfigRule> Rules, ExceptionDispatchInfo? Fault);
}
