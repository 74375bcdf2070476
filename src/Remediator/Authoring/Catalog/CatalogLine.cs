using System.Collections.Immutable;
using Remediator.Authoring.Data;

namespace Remediator.Authoring.Catalog;

/// <summary>One of AWS Config's managed rules, with what Remediator does about it.</summary>
/// <param name="Playbooks">The names of the playbooks that answer it.</param>
/// <param name="Guidance">What is done, or why a person has to act, and how.</param>
internal sealed record CatalogLine(ManagedRule Rule, Answer Answer, ImmutableArray<string> Playbooks, string Guidance);
