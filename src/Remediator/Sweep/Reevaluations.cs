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

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Account, string Region), SortedSet<string>> _wanted = [];
    private readonly Dictionary<(string Account, string Region), DateTimeOffset> _asked = [];

    public void Want(Incident incident)
    {
        var place = (incident.Resource.Account, incident.Region);
        lock (_gate)
        {
            if (!_wanted.TryGetValue(place, out var rules))
            {
                _wanted[place] = rules = new(StringComparer.Ordinal);
            }

            rules.Add(incident.Rule.Name);
        }
    }

    /// <summary>Asks, and tells which places refused: their rules stay wanted.</summary>
    public async Task<IReadOnlyList<AwsException>> AskAsync(CancellationToken ct)
    {
        var refused = new List<AwsException>();
        foreach (var (place, some) in TakeDue())
        {
            try
            {
                await config.ReevaluateAsync(place.Account, place.Region, some, ct);
                Forget(place, some);
            }
            catch (AwsException e)
            {
                refused.Add(e);
            }
        }

        return refused;
    }

    private List<((string Account, string Region) Place, List<string> Rules)> TakeDue()
    {
        lock (_gate)
        {
            var due = _wanted
                .Where(w => w.Value.Count > 0 && MayAsk(w.Key))
                .Select(w => (w.Key, w.Value.Take(MostRules).ToList()))
                .ToList();
            foreach (var (place, _) in due)
            {
                _asked[place] = clock.GetUtcNow();
            }

            return due;
        }
    }

    private void Forget((string Account, string Region) place, List<string> asked)
    {
        lock (_gate)
        {
            _wanted[place].ExceptWith(asked);
        }
    }

    private bool MayAsk((string Account, string Region) place) =>
        !_asked.TryGetValue(place, out var last) || clock.GetUtcNow() - last >= Pause;
}
