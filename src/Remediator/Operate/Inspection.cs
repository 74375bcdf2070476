using System.Collections.Immutable;

namespace Remediator.Operate;

/// <summary>What a deployed function sees of itself and of what it stands on: asked for by the command <c>doctor</c>.</summary>
/// <param name="Version">The version and the commit that it was built from.</param>
/// <param name="Files">What its policy and its playbooks are known by.</param>
/// <param name="Now">Its clock.</param>
internal sealed record Inspection(string Version, DeployedFiles Files, DateTimeOffset Now)
{
    /// <summary>Why all changes are stopped; null where they are not.</summary>
    public string? Stopped { get; init; }

    /// <summary>What kept it from reading the journal; null where nothing did.</summary>
    public string? JournalFault { get; init; }

    /// <summary>What kept it from using the journal's key; null where nothing did.</summary>
    public string? KeyFault { get; init; }

    /// <summary>Rising rollouts that do not rise, and why: a sentence each.</summary>
    public ImmutableArray<string> HeldRollouts { get; init; } = [];

    /// <summary>Every account and region that the policy's backlog names, the own one first.</summary>
    public ImmutableArray<InspectedPlace> Places { get; init; } = [];
}

/// <summary>An account and region as the function reaches it.</summary>
/// <param name="Caller">Who the function is there, as AWS says; null where it could not enter.</param>
/// <param name="Fault">What kept it out; null where nothing did.</param>
/// <param name="ProbeFault">What kept it from sending an event there; null where one was sent, or none asked for.</param>
internal sealed record InspectedPlace(string Account, string Region, string? Caller, string? Fault, string? ProbeFault);
