using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>
/// The facts about a resource type that all its playbooks share: how a resource is found, when it is gone, and what forbids a change.
/// </summary>
/// <param name="Name">The Config resource type.</param>
/// <param name="Read">Finds the resource by the event's name for it.</param>
/// <param name="Guards">Conditions for any change, over the result of <paramref name="Read"/>.</param>
/// <param name="Except">Playbooks about resources that other playbooks regard as gone.</param>
internal sealed record ResourceType(string Name, Query Read, ImmutableArray<TypeGuard> Guards, ImmutableArray<string> Except)
{
    /// <summary>
    /// The first guard that applies to a playbook and does not hold; <paramref name="found"/> is the result of <see cref="Read"/>.
    /// </summary>
    public TypeGuard? FailedGuard(Playbook playbook, Scope scope, JsonElement found) =>
        Guards.FirstOrDefault(g => g.Concerns(playbook) && !g.Expect.Evaluate(scope.With("result", found)).IsTruthy());
}

/// <summary>A condition on a type, for every playbook that would change it.</summary>
/// <param name="For">
/// Operations and members of their inputs: the guard applies to playbooks that write one of them. If empty, to all playbooks.
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
