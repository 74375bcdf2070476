using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Authoring.Permissions;

/// <summary>How much a policy allows the service to do.</summary>
/// <param name="Playbooks">All playbooks.</param>
/// <param name="Changing">Those that may change something.</param>
/// <param name="Actions">All IAM actions.</param>
/// <param name="Writes">IAM actions that only changes need.</param>
/// <param name="ReadsOnEverything">Of the others, those that cannot be limited to some resources.</param>
/// <param name="WritesOnEverything">Of those that only changes need, those that cannot be limited to some resources.</param>
/// <param name="UnknownRules">Rules of the policy from which no permission follows.</param>
internal sealed record PermissionFigures(
    int Playbooks,
    int Changing,
    int Actions,
    int Writes,
    int ReadsOnEverything,
    int WritesOnEverything,
    ImmutableArray<string> UnknownRules)
{
    public static PermissionFigures Of(
        IReadOnlyCollection<Playbook> playbooks, IReadOnlyCollection<Guide> guides, PolicyReach reach)
    {
        var permissions = PlaybookPermissions.Of(playbooks, reach, guides);
        var writes = permissions.Where(p => p.Changes).Select(p => p.Action).ToHashSet(StringComparer.Ordinal);
        return new(
            playbooks.Count,
            playbooks.Count(reach.Changes),
            permissions.Select(p => p.Action).Distinct().Count(),
            writes.Count,
            permissions.Where(p => p.Resource is "*" && !writes.Contains(p.Action)).Select(p => p.Action).Distinct().Count(),
            permissions.Where(p => p is { Changes: true, Resource: "*" }).Select(p => p.Action).Distinct().Count(),
            reach.NotFound(playbooks));
    }
}
