using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Cli.Demo;

/// <summary>A resource that is seeded out of compliance, the Config rule that finds it, and what must come of it.</summary>
internal abstract class Drift
{
    public abstract string Title { get; }

    public abstract string RuleName { get; }

    /// <summary>The managed rule's identifier.</summary>
    public abstract string Rule { get; }

    public abstract string Type { get; }

    public virtual JsonObject RuleParameters => [];

    /// <summary>Who wrote the rule, as Config keeps it.</summary>
    public virtual JsonObject Source => new() { ["Owner"] = "AWS", ["SourceIdentifier"] = Rule };

    /// <summary>
    /// When the rule held last, and when Config recorded what it found wrong then; null where Config did not say that it ever held.
    /// </summary>
    public virtual (DateTimeOffset Held, DateTimeOffset Found)? Recorded => null;

    /// <summary>The state that the incident must have after the event.</summary>
    public virtual IncidentState Ends => IncidentState.Fixed;

    /// <summary>Makes the resource and gives the id by which Config names it.</summary>
    public abstract Task<string> SeedAsync(IAws aws, CancellationToken ct);

    /// <summary>Reads from the emulator what the rule is about, by other calls than a playbook's where there are any.</summary>
    public abstract Task<JsonElement> ReadAsync(IAws aws, string id, CancellationToken ct);

    /// <summary>Whether what was read is as the rule wants it, with everything beside it still there.</summary>
    public abstract bool IsRight(JsonElement live);
}
