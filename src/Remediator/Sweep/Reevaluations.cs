using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Sweep;

/// <summary>
/// Gathers the rules that Config is to evaluate again and asks for all of them at once: Config takes 25 rules a call,
/// and one call a minute in each account and region. What does not fit waits for the next time.
/// </summary>
internal sealed class Reevaluations(IConfigService config, TimeProvider clock)
{
    public const int MostRules = 25;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Account, string Region), SortedSet<string>> _wanted = [];
    private readonly Dictionary<(string Account, string Region), DateTimeOffset> _asked = [];

    public void Want(Incident incident)
    {
        var place = (incident.Resource.Account, incident.Region);
        if (!_wanted.TryGetValue(place, out var rules))
        {
            _wanted[place] = rules = new(StringComparer.Ordinal);
        }

        rules.Add(incident.Rule.Name);
    }

    /// <summary>Asks, and tells which places refused: their rules stay wanted.</summary>
    public async Task<IReadOnlyList<AwsException>> AskAsync(CancellationToken ct)
    {
        var refused = new List<AwsException>();
        foreach (var (place, rules) in _wanted.Where(w => w.Value.Count > 0 && MayAsk(w.Key)))
        {
            var some = rules.Take(MostRules).ToList();
            try
            {
                _asked[place] = clock.GetUtcNow();
                await config.ReevaluateAsync(place.Account, place.Region, some, ct);
                rules.ExceptWith(some);
            }
            catch (AwsException e)
            {
                refused.Add(e);
            }
        }

        return refused;
    }

    private bool MayAsk((string Account, string Region) place) =>
        !_asked.TryGetValue(place, out var last) || clock.GetUtcNow() - last >= Pause;
}
