using Remediator.Aws;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>Finds what the APIs call the resource.</summary>
internal static class NameResolver
{
    /// <summary>The scope with the names that the playbook resolves; without a scope, why the resource counts as gone.</summary>
    public static async Task<(Scope? Scope, string Unknown)> ResolveAsync(Playbook playbook, Scope scope, IAws aws, CancellationToken ct)
    {
        scope = playbook.Names.Aggregate(scope, (known, name) => known.WithMember("resource", name.Name, name.Value.Render(known)));
        foreach (var query in playbook.Resolve)
        {
            var found = await Reader.ReadAsync(query, scope, aws, ct);
            if (found.IsGone || found.State.IsNull())
            {
                return (null, $"{query.Call.Operation} does not know it");
            }

            scope = scope.WithMember("resource", query.Name, found.State);
        }

        return (scope, "");
    }
}
