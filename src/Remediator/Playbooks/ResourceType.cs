using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>
/// What is known of a resource type, once for all of its playbooks: how it is found, when it is gone, and what forbids a change.
/// </summary>
/// <param name="Name">The Config resource type.</param>
/// <param name="Read">Finds the resource by the name that the event gives it.</param>
/// <param name="Guards">What must hold before a change, over what <paramref name="Read"/> takes.</param>
/// <param name="Except">Playbooks that are about resources which others take for gone.</param>
internal sealed record ResourceType(string Name, Query Read, ImmutableArray<TypeGuard> Guards, ImmutableArray<string> Except)
{
    /// <summary>
    /// The first guard that concerns a playbook and does not hold; <paramref name="found"/> is what <see cref="Read"/> took.
    /// </summary>
    public TypeGuard? Broken(Playbook playbook, Scope scope, JsonElement found) =>
        Guards.FirstOrDefault(g => g.Concerns(playbook) && !g.Expect.Evaluate(scope.With("result", found)).IsTruthy());
}

/// <summary>Something that holds for a type, whichever playbook would change it.</summary>
/// <param name="For">
/// The operations and the members of their inputs that it is about: it concerns the playbooks that write one of them. None: all playbooks.
/// </param>
internal sealed record TypeGuard(ImmutableArray<string> For, Expression Expect, string Because)
{
    public bool Concerns(Playbook playbook) =>
        For.IsEmpty || playbook.Steps.Any(s => s.Write.Any(c => For.Contains(c.Operation) || Members(c.Input).Any(For.Contains)));

    private static IEnumerable<string> Members(Template template) => template switch
    {
        Template.Members members => members.Of.SelectMany(m => Text(m.Name).Concat(Members(m.Value))),
        Template.Items items => items.Of.SelectMany(Members),
        _ => [],
    };

    private static IEnumerable<string> Text(Template name) => name is Template.Literal { Value: var value } ? [value.ToString()] : [];
}
