using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Incidents;

/// <summary>By what subscribers filter a message. A message that ends others goes wherever those went.</summary>
internal sealed record Route(string Severity, string Reason, string Team, string Environment) : Stored
{
    /// <summary>How a notice about it goes now.</summary>
    public static Route Of(Incident incident, string? team = null) =>
        new(incident.Terms.Severity.Name(), incident.Reason?.Name() ?? "", team ?? incident.Terms.Owner, incident.Terms.Environment);

    /// <summary>How the message goes that says that it is over: as everything that was told of it, and as what may have been.</summary>
    public static ImmutableArray<Route> OfEnd(Incident incident)
    {
        var reason = incident.Telling.ToldReason ?? incident.Reason;
        return [.. (incident.Telling.Routes ?? []).Append(Of(incident with { Reason = reason })).Distinct()];
    }

    public static Route? Read(string? text) => text is null || Json.Parse(text) is not { ValueKind: JsonValueKind.Object } route
        ? null
        : new(
            route.TextOf("severity") ?? "", route.TextOf("reason") ?? "", route.TextOf("team") ?? "", route.TextOf("environment") ?? "");

    public string Write() => Json.Object([
        new("severity", Json.Text(Severity)), new("reason", Json.Text(Reason)), new("team", Json.Text(Team)),
        new("environment", Json.Text(Environment)),
    ]).GetRawText();
}
