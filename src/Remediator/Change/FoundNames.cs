using System.Text.Json;
using Remediator.Aws;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>
/// Names that a playbook asked for may be another resource's by the time that a change is gone on with, or undone: one is renamed, another
/// is made under the name. Where calls that change something go by such a name, it is asked for again.
/// </summary>
internal static class FoundNames
{
    /// <returns>False where the resource is gone: whatever has its name is another.</returns>
    /// <exception cref="WrongResourceException">It goes by another name than the one that the calls would use.</exception>
    public static async Task<bool> HoldAsync(Playbook playbook, Scope scope, IAws aws, CancellationToken ct)
    {
        foreach (var part in playbook.Steps.Select(s => s.Of).Distinct())
        {
            if (!await HoldsAsync(Part(playbook, part), CombinedPlaybook.ScopeOf(scope, part), aws, ct))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<bool> HoldsAsync(Playbook part, Scope scope, IAws aws, CancellationToken ct)
    {
        var (keys, before) = (Keys(part), scope["resource"]);
        if (keys.Length is 0)
        {
            return true;
        }

        foreach (var query in part.Resolve)
        {
            var found = await Reader.ReadAsync(query, scope, aws, ct);
            if (found.IsGone || found.State.IsNull())
            {
                // What is not found is for the reads to judge, unless it is said to be gone: a change may have taken it away.
                return !found.IsGone;
            }

            if (keys.Contains(query.Name) && before.TextOf(query.Name) is { } was
                && found.State.ValueKind is JsonValueKind.String && found.State.GetString() is { } now && now != was)
            {
                throw new WrongResourceException(
                    $"The resource '{before.TextOf("id")}' was changed under the name '{was}' and goes by '{now}' now: "
                    + $"'{was}' may be another resource."
                );
            }

            scope = scope.WithMember("resource", query.Name, found.State);
        }

        return true;
    }

    /// <summary>One of several playbooks that are carried out as one; else the playbook itself.</summary>
    private static Playbook Part(Playbook playbook, string of) => playbook with
    {
        Resolve = [.. playbook.Resolve.Where(q => q.Of == of)],
        Steps = [.. playbook.Steps.Where(s => s.Of == of)],
    };

    private static string[] Keys(Playbook playbook)
    {
        var found = playbook.Resolve.Select(q => q.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. playbook.Steps.SelectMany(s => s.Write.Concat(s.Undo).Concat(s.Clear)).SelectMany(CallNames.Keys).Where(found.Contains)
                .Distinct(),
        ];
    }
}
