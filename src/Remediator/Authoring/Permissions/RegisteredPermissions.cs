using Remediator.Aws.Permissions;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.Authoring.Permissions;

/// <summary>
/// The permissions for rollbacks through Cloud Control of the policy's types: Cloud Control itself, and either the right to pass the
/// policy's role, or what the types' handlers do with the caller's own permissions.
/// </summary>
internal static class RegisteredPermissions
{
    public static IEnumerable<Permission> Of(PolicyReach reach) => reach.Registered.SelectMany(type => Of(type, reach));

    private static IEnumerable<Permission> Of(RegisteredType type, PolicyReach reach)
    {
        var playbook = RegisteredPlaybook.Of(type);
        if (!reach.Reads(playbook))
        {
            return [];
        }

        var changes = reach.Changes(playbook);
        var values = new PolicyValues(reach.Role is { } role
            ? [Json.Object([new(RegisteredPlaybook.Role, Json.Text(role))])]
            : [Json.EmptyObject]);
        var sites = CallSite.Of(playbook).Where(s => changes || !s.Changes).ToList();
        return
        [
            .. sites.SelectMany(s => PlaybookPermissions.Of(s, values)),
            .. sites.SelectMany(s => PassedRoles.Of(s.Call, values)).Select(p => p with { Changes = changes }),
            .. reach.Role is null ? Own(type.Reads, changes: false) : [],
            .. reach.Role is null && changes ? Own(type.Updates, changes: true) : [],
        ];
    }

    private static IEnumerable<Permission> Own(IEnumerable<string> actions, bool changes) =>
        actions.Select(a => new Permission(a, Actions.Scope(a), changes));
}
