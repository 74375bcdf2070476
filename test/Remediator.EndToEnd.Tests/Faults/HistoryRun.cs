using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>Runs a history through the service, and models what must hold at its end.</summary>
internal sealed class HistoryRun : IAsyncDisposable
{
    private const int Workers = 3;

    private readonly InMemoryHost _host = new();
    private readonly List<(int At, string Body)> _underway = [];
    private readonly Dictionary<int, List<Deed>> _deeds = [];
    private readonly List<ResourceKey> _buckets = [];
    private RuleRef _rule = Some.Rule();

    /// <summary>Returns what does not hold at the end; null if everything does.</summary>
    public async Task<string?> RunAsync(IReadOnlyList<Step> steps)
    {
        _rule = await _host.RuleAsync(Steps.PublicAccess);
        for (var i = 0; i < Histories.Resources; i++)
        {
            _buckets.Add(await _host.BucketAsync($"bucket-{i}", Steps.Blocked));
            _deeds[i] = [];
        }

        for (var now = 0; now < steps.Count + 5; now++)
        {
            if (now < steps.Count)
            {
                await DoAsync(steps[now], now);
            }

            await DeliverAsync(_underway.Where(e => e.At <= now).ToList());
            await _host.PassAsync(TimeSpan.FromMinutes(1));
        }

        await DeliverAsync([.. _underway]);
        for (var pass = 0; pass < 6; pass++)
        {
            await _host.PassAsync(TimeSpan.FromHours(2));
            await _host.SweepAsync();
        }

        return _underway is [] ? await BrokenAsync() : $"{_underway.Count} events are handed back for ever";
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task DoAsync(Step step, int now)
    {
        var bucket = _buckets[step.Resource];
        if (step.Deed is not Deed.TakesOutOfScope)
        {
            await _host.BlockAsync(bucket.Id, step.Deed is Deed.Breaks ? Steps.HalfBlocked : Steps.Blocked);
        }

        var compliance = step.Deed switch
        {
            Deed.Breaks => Compliance.NonCompliant,
            Deed.Repairs => Compliance.Compliant,
            _ => Compliance.NotApplicable,
        };
        _deeds[step.Resource].Add(step.Deed);
        _host.Evaluations.Say(_rule.Name, bucket, Some.Config(compliance), _host.Now);
        var body = Some.Event(Some.Change(_rule, bucket, _host.Now, compliance));
        _underway.AddRange(Enumerable.Range(0, step.Copies).Select(copy => (now + (step.Late * (copy + 1) % 5), body)));
    }

    // The queue delivers to several workers at once, newest first; failed messages stay on the queue.
    private async Task DeliverAsync(List<(int At, string Body)> due)
    {
        due.Reverse();
        foreach (var batch in due.Chunk(Workers))
        {
            var ended = await _host.DeliverAsync([.. batch.Select(b => b.Body)]);
            foreach (var (message, _) in batch.Zip(ended).Where(p => !p.Second.IsHandedBack))
            {
                _underway.Remove(message);
            }
        }
    }

    private async Task<string?> BrokenAsync()
    {
        for (var i = 0; i < Histories.Resources; i++)
        {
            var incident = await _host.Journal.FindOpenAsync(Incident.KeyOf(_buckets[i], _rule), _host.Ct);
            var isRight = (await _host.BlockAsync(_buckets[i])).Member("IgnorePublicAcls").IsTruthy();
            if (Broken(_deeds[i], incident, isRight) is { } why)
            {
                return $"bucket {i} ({string.Join(", ", _deeds[i])}): {why}; it ended {incident?.State} {incident?.Reason}";
            }
        }

        var breaks = _deeds.Values.Sum(d => d.Count(x => x is Deed.Breaks));
        var twice = (await _host.NoticesAsync()).GroupBy(n => (n.TextOf("key"), n.TextOf("action"), n.TextOf("reason")))
            .FirstOrDefault(g => g.Count() > 1);
        return _host.Changes().Count() > breaks ? $"{_host.Changes().Count()} changes for {breaks} breaks"
            : twice is not null ? $"told twice: {twice.Key}" : null;
    }

    private static string? Broken(List<Deed> deeds, Incident? incident, bool isRight) => deeds switch
    {
        [] => incident is null && isRight ? null : "nothing happened to it",
        _ when incident is { State: IncidentState.Fixed } && !isRight => "it is said to be fixed and is not",
        [.., Deed.Breaks] when !isRight =>
            incident is { State: IncidentState.Escalated, Reason: Reason.Flapping }
                && deeds.Count(d => d is Deed.Breaks) > 3 ? null : "it was left broken",
        [.., Deed.Repairs] => isRight && incident is null ? null : "Config says it is right, and it is open still",
        [.., Deed.TakesOutOfScope] => incident is null ? null : "it is out of scope, and open still",
        _ => null,
    };
}
