using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Authoring.Coverage;
using Remediator.Authoring.Permissions;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>
/// IAM, asked to simulate, allows what the playbooks of the deployed rules need under the policy. Policies of resources and conditions on
/// a resource's tags are not seen by that.
/// </summary>
internal sealed class PermissionsCheck : ICheck
{
    private const int MostActions = 100;
    private const int MostShown = 8;

    public string Name => "permissions";

    public IEnumerable<Look> Looks(DeploymentView on) =>
        on.Places.DistinctBy(p => p.Account).Select(place => Look.One(place.Account, async ct =>
        {
            var role = place.Account == on.Home.Account
                ? on.Stack.Physical("AccountRole")
                : on.MemberRole ?? throw new NotSeenException("No role is named for other accounts.", "Deploy with MemberRoleName.");
            var needed = await NeededAsync(on, place.Account, ct);
            var refused = new List<JsonElement>();
            foreach (var calls in needed.GroupBy(p => (p.Resource, p.Condition)).SelectMany(g => g.Chunk(MostActions)))
            {
                var answer = await on.In(place).CallAsync("iam:SimulatePrincipalPolicy", Input(on, place, role, calls), ct);
                refused.AddRange(answer.Each("EvaluationResults").Where(r => r.TextOf("EvalDecision") is not "allowed"));
            }

            return Of(role, needed.Length, refused);
        }));

    private static Found Of(string role, int needed, List<JsonElement> refused)
    {
        if (refused is [])
        {
            return Found.Ok($"{role} may do all {needed} things that the playbooks of the rules in use need.");
        }

        var actions = refused.Select(r => r.TextOf("EvalActionName") ?? "").Distinct().Order(StringComparer.Ordinal).ToArray();
        var more = actions.Length > MostShown ? $" and {actions.Length - MostShown} more" : "";
        return Found.Fail(
            $"{role} may not: {string.Join(", ", actions.Take(MostShown))}{more}.",
            refused.Any(r => r.Member("OrganizationsDecisionDetail").Member("AllowedByOrganizations").ValueKind is JsonValueKind.False)
                ? "A service control policy of the organization denies it: allow it there, or exempt the rule."
                : refused.Any(r =>
                    r.Member("PermissionsBoundaryDecisionDetail").Member("AllowedByPermissionsBoundary").ValueKind is JsonValueKind.False)
                    ? "The permissions boundary of the role does not allow it: PermissionsBoundaryArn."
                    : "remediator generate, then deploy the template with the policy: sam build && sam deploy");
    }

    /// <summary>What the playbooks that answer the account's rules need, under the policy.</summary>
    private static async Task<ImmutableArray<Permission>> NeededAsync(DeploymentView on, string account, CancellationToken ct)
    {
        var (names, guides) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<Guide>());
        foreach (var place in on.Places.Where(p => p.Account == account))
        {
            var lines = await on.CoverageAsync(place, ct);
            names.UnionWith(lines.Select(l => l.Playbook).Where(p => p.Length > 0));
            guides.UnionWith(lines.Where(l => l.Coverage is Coverage.ByHand)
                .SelectMany(l => l.Types.Select(type => on.Playbooks.GuideTo(l.Rule.ManagedIdentifier, type)))
                .OfType<Guide>());
        }

        var reach = new PolicyReach(on.Policy) { IsOfMember = account != on.Home.Account };
        return PlaybookPermissions.Of(names.Select(on.Playbooks.Load), reach, guides);
    }

    private static JsonElement Input(DeploymentView on, Place place, string role, Permission[] calls)
    {
        var resource = calls[0].Resource.Replace("${AWS::Partition}", on.Partition, StringComparison.Ordinal)
            .Replace("${AWS::AccountId}", place.Account, StringComparison.Ordinal);
        List<KeyValuePair<string, JsonElement>> members =
        [
            new("PolicySourceArn", Json.Text($"arn:{on.Partition}:iam::{place.Account}:role/{role}")),
            new("ActionNames", Json.List(calls.Select(c => Json.Text(c.Action)))),
            new("ResourceArns", Json.List([Json.Text(resource)])),
        ];
        if (calls[0].Condition is { } condition)
        {
            members.Add(new("ContextEntries", Json.List([Json.Object(
            [
                new("ContextKeyName", Json.Text(condition.Key)),
                new("ContextKeyValues", Json.List([Json.Text(condition.Value)])),
                new("ContextKeyType", Json.Text("string")),
            ])])));
        }

        return Json.Object(members);
    }
}
