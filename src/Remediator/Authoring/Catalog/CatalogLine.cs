using System.Collections.Immutable;
using Remediator.Authoring.Data;
using Remediator.Playbooks;

namespace Remediator.Authoring.Catalog;

/// <summary>One of AWS Config's managed rules, with what Remediator does about it.</summary>
/// <param name="Playbooks">The names of the playbooks that answer it.</param>
/// <param name="Guidance">What is done, or why a person has to act, and how.</param>
internal sealed record CatalogLine(ManagedRule Rule, Answer Answer, ImmutableArray<string> Playbooks, string Guidance)
{
    /// <summary>What people are shown who are asked, or who do it by hand.</summary>
    public ImmutableArray<EvidenceQuery> Evidence { get; init; } = [];

    /// <summary>The same in a sentence; empty where nothing is shown.</summary>
    public string Shows => Evidence.IsEmpty ? ""
        : $" The notice shows: {string.Join(", ", Evidence.Select(e => $"{e.Show} ({e.Query.Call.Operation})").Distinct())}.";
}
