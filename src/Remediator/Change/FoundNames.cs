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
    /// <exception cref="WrongResourceException">It goes by another name than the one that the calls would use.</exception>
    public static async Task CheckAsync(Playbook playbook, Scope scope, IAws aws, CancellationToken ct)
    {
        var keys = Keys(playbook);

        // What is not found under any name is for the reads to judge: a change may have taken it away.
        if (keys.Length is 0 || await NameResolver.ResolveAsync(playbook, scope, aws, ct) is not ({ } now, _))
        {
            return;
        }

        foreach (var key in keys)
        {
            if (scope["resource"].TextOf(key) is { } was && now["resource"].TextOf(key) is { } other && was != other)
            {
                throw new WrongResourceException(
                    $"The resource '{scope["resource"].TextOf("id")}' was changed under the name '{was}' and goes by '{other}' now: "
                    + $"'{was}' may be another resource."
                );
            }
        }
    }

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
