using Remediator.Authoring.Permissions;
using Remediator.Aws.Models;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Finds calls whose IAM permissions cannot be derived.</summary>
internal static class PermissionCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) =>
        Of(playbook, operation => Actions.Of(operation) is not null).Concat(playbook.Sites.Where(s => s.Changes).SelectMany(Unjudged));

    private static IEnumerable<Problem> Unjudged(CallSite site) => PassedRoles.Names(site.Call)
        .Where(HandedOver.IsUnjudged)
        .Distinct()
        .Select(member => new Problem(
            "PB061",
            site.Call.At,
            $"'{member}' of {site.Call.Operation} may hand a role over, for which the caller needs iam:PassRole, and nothing says whether "
            + "it does: add it to HandedOver.cs"));

    public static IEnumerable<Problem> Of(CheckedPlaybook playbook, Func<string, bool> isDerivable) =>
        playbook
            .Sites.Select(site => site.Call)
            .Where(call => ModelCatalog.Find(call.Operation) is not null && !isDerivable(call.Operation))
            .Select(call => new Problem(
                "PB060",
                call.At,
                $"the IAM actions of '{call.Operation.Split(':')[0]}' are not known, so that no permission can be derived: add the "
                + "service to iam-prefixes.txt"
            ));
}
