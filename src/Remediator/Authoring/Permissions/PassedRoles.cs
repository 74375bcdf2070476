using System.Text.RegularExpressions;
using Remediator.Aws.Models;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;

namespace Remediator.Authoring.Permissions;

/// <summary>What a call of a playbook hands over to a service, which the caller needs leave to do: roles and keys.</summary>
internal static partial class PassedRoles
{
    /// <param name="call">The call that may pass a role or a key.</param>
    /// <param name="policy">The policy's values for the playbook's parameters; null if no policy is used.</param>
    public static IEnumerable<Permission> Of(Call call, PolicyValues? policy)
    {
        var service = call.Operation.Split(':')[0];
        var names = Names(call).ToArray();
        if (names.Any(HandedOver.IsRole) || IsFeedback(call))
        {
            foreach (var role in Roles(call, policy))
            {
                yield return HandedOver.Pass(call.Operation, role);
            }
        }

        if (names.Any(n => HandedOver.IsKey(call.Operation, n)))
        {
            foreach (var use in HandedOver.Use(service, key: null))
            {
                yield return use;
            }
        }
    }

    // Attributes of a topic that are given by an expression are those with the roles for delivery logs.
    private static bool IsFeedback(Call call) => call.Operation is "sns:SetTopicAttributes" && call.Input is Template.Members members
        && members.Of.Any(m => Name(m.Name).Contains("AttributeName") && m.Value is not Template.Literal);

    /// <summary>The roles in the policy, if the call takes roles only from there; otherwise any role.</summary>
    private static IEnumerable<string> Roles(Call call, PolicyValues? policy)
    {
        var parameters = RoleValues(call.Input).SelectMany(v => v.Expressions())
            .Select(e => Given().Match(e.Expression.Text) is { Success: true } match ? match.Groups[1].Value : null)
            .ToArray();
        return policy is null || parameters is [] || parameters.Contains(null)
            ? [Actions.Scope("iam:PassRole")]
            : parameters.SelectMany(p => policy.Roles(p!)).Distinct();
    }

    private static IEnumerable<Template> RoleValues(Template input) => input switch
    {
        Template.Members members =>
            members.Of.SelectMany(m => Name(m.Name).Any(HandedOver.IsRole) ? [m.Value] : RoleValues(m.Value)),
        Template.Items items => items.Of.SelectMany(RoleValues),
        _ => [],
    };

    /// <summary>The members that a call may give: those it names, and those the operation has where an expression gives a value.</summary>
    public static IEnumerable<string> Names(Call call) => Names(call.Input, ModelCatalog.Find(call.Operation)?.Input);

    private static IEnumerable<string> Names(Template input, Shape? shape) => input switch
    {
        Template.Members members => members.Of.SelectMany(m => Name(m.Name).SelectMany(n => Names(m.Value, Member(shape, n)).Prepend(n))),
        Template.Items items => items.Of.SelectMany(i => Names(i, shape?.Element?.Shape)),
        Template.Computed => Names(shape, []),
        _ => [],
    };

    private static IEnumerable<string> Names(Shape? shape, HashSet<string> seen) => shape is null || !seen.Add(shape.Name)
        ? []
        : shape.Members.SelectMany(m => Names(m.Value.Shape, seen).Prepend(m.Key))
            .Concat(Names(shape.Element?.Shape, seen))
            .Concat(Names(shape.Value?.Shape, seen));

    private static Shape? Member(Shape? shape, string name) => (shape?.Members.GetValueOrDefault(name) ?? shape?.Value)?.Shape;

    private static IEnumerable<string> Name(Template name) => name is Template.Literal literal ? [literal.Value.ToString()] : [];

    [GeneratedRegex(@"\Aparams\.([A-Za-z0-9_]+)\z")]
    private static partial Regex Given();
}
