using System.Collections.Immutable;
using Remediator.Incidents;
using Remediator.JmesPath.Reads;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>
/// What a stack's template should say so that its next deployment leaves a change: known for types that AWS Config records in
/// CloudFormation's shape, where <c>recorded</c> says which property a member is.
/// </summary>
internal static class TemplateProperties
{
    private const string Model = "configuration";
    private const string Tags = "tags";
    private const int Most = 5;

    /// <summary>The same plan, with what the template of the stack that owns the resource should say.</summary>
    public static Planning Said(string type, Planning planning) =>
        planning.Proposal is { Owner: { Kind: ResourceOwner.Stack } owner } ready && Of(type, ready.Playbook, ready.Plan) is { } said
            ? planning.With(owner with { Template = said })
            : planning;

    /// <summary>Properties with their values; null where none is known.</summary>
    public static string? Of(string type, Playbook playbook, Plan plan)
    {
        if (RegisteredTypes.Find(type) is not { } facts)
        {
            return null;
        }

        ImmutableArray<string> all =
        [
            .. from step in plan.Steps
               let recorded = playbook.Steps.FirstOrDefault(s => s.Name == step.Step)?.Recorded
               where recorded is not null
               let reach = recorded.Outline.Result
               from difference in Difference.Between(step.Before, step.After, StateComparer.Exact)
               let property = Property(facts, PathOf(reach, difference.Path))
               where property is not null
               select $"{property}: {ShownValue.Of(property, difference.New)}",
        ];
        return all.IsEmpty ? null : string.Join("; ", all.Take(Most)) + (all.Length > Most ? $"; and {all.Length - Most} more" : "");
    }

    /// <summary>Where in the item a member of the state is from; null where it is worked out.</summary>
    private static string? PathOf(Reach reach, ImmutableArray<string> path) => (reach, path) switch
    {
        (Reach.At(var at), _) => string.Join('.', [at, .. path]),
        (Reach.Hash(var properties), [var name, ..]) =>
            properties.FirstOrDefault(p => p.Name == name).Value is { } value ? PathOf(value, path.RemoveAt(0)) : null,
        (Reach.Either(var first, var second), _) => PathOf(first, path) ?? PathOf(second, path),
        _ => null,
    };

    private static string? Property(RegisteredType type, string? path)
    {
        if (path?.Split('.') is not [var root, var first, .. var rest])
        {
            return null;
        }

        return root switch
        {
            Tags when type.Tags is { } tags => string.Join('.', [tags, first, .. rest]),
            Model when type.Properties.Contains(first) && path.AsSpan().IndexOfAny('[', '*', '"') < 0
                && !type.ReadOnly.Contains(string.Join('/', [first, .. rest])) => string.Join('.', [first, .. rest]),
            _ => null,
        };
    }
}
