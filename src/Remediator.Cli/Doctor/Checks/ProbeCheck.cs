using System.Globalization;
using System.Text.Json;
using Remediator.Operate;
using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>An event sent in each account and region arrives at the function. Only where somebody asked for it.</summary>
internal sealed class ProbeCheck : ICheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    public string Name => "probe";

    public IEnumerable<Look> Looks(DeploymentView on) => on.Probe is { } id ? [new("probe", ct => LookAsync(on, id, ct))] : [];

    private static async Task<IReadOnlyList<Found>> LookAsync(DeploymentView on, string id, CancellationToken ct)
    {
        var places = (await on.FunctionAsync(ct)).Of.Places;
        var sent = places.Where(p => p.ProbeFault is null).Select(p => new Place(p.Account, p.Region)).ToHashSet();
        var arrived = await ArrivalsAsync(on, id, sent, ct);
        return [.. places.Select(p => Of(p, arrived) with { About = $"{p.Account} {p.Region}" })];
    }

    private static Found Of(InspectedPlace place, HashSet<Place> arrived) =>
        place.ProbeFault is { } fault
            ? Found.Fail($"No event could be sent: {fault}", "Deploy the templates of this version: they allow events:PutEvents for it.")
            : arrived.Contains(new(place.Account, place.Region))
                ? Found.Ok("An event sent there arrived at the function, and was ignored.")
                : Found.Fail(
                    $"An event sent there did not arrive at the function within {Longest.TotalSeconds:0} s.",
                    "Look at event-rules and forwarding above; then at the dead-letter queue UndeliveredQueue, and the policies "
                    + "of bus and queue.");

    /// <summary>The function says in its log which event arrived, and whence.</summary>
    private static async Task<HashSet<Place>> ArrivalsAsync(DeploymentView on, string id, HashSet<Place> sent, CancellationToken ct)
    {
        var (arrived, until) = (new HashSet<Place>(), on.Clock.GetUtcNow() + Longest);
        while (true)
        {
            var found = await on.Own.CallAsync("logs:FilterLogEvents", Input(on, id), ct);
            arrived.UnionWith(found.Each("events").Select(e => PlaceOf(e.TextOf("message") ?? "", id)).OfType<Place>());
            if (sent.IsSubsetOf(arrived) || on.Clock.GetUtcNow() >= until)
            {
                return arrived;
            }

            await Task.Delay(Pause, on.Clock, ct);
        }
    }

    private static JsonElement Input(DeploymentView on, string id) => Json.Write(w =>
    {
        w.WriteStartObject();
        w.WriteString("logGroupName"u8, on.Stack.Physical("RemediateLogs"));
        w.WriteString("filterPattern"u8, $"\"{id}\"");
        w.WriteNumber("startTime"u8, (on.Clock.GetUtcNow() - TimeSpan.FromMinutes(10)).ToUnixTimeMilliseconds());
        w.WriteEndObject();
    });

    /// <summary>By the line of the metric, which names both as members.</summary>
    private static Place? PlaceOf(string line, string id)
    {
        try
        {
            var said = Json.Parse(line);
            return said.TextOf("probe") == id && said.TextOf("account") is { } account && said.TextOf("region") is { } region
                ? new Place(account, region)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
