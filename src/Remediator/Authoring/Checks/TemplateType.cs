using System.Text.Json;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>The type that a template's value will have.</summary>
internal static class TemplateType
{
    public static InferredType Of(Template template, InferredType scope) => template switch
    {
        Template.Literal { Value: var value } => OfValue(value),
        Template.Text => InferredType.Text,
        Template.Computed computed => TypePath.From(computed.Expression.Result, scope),
        Template.Members members when members.Of.All(m => Name(m.Name) is not null) =>
            InferredType.FieldsOf(members.Of.DistinctBy(m => Name(m.Name)).Select(m => (Name(m.Name)!, Of(m.Value, scope)))),
        Template.Items { Of: [var first, ..] } => new InferredType.Items(Of(first, scope)),
        Template.Items => new InferredType.Items(InferredType.Any),
        _ => InferredType.Any,
    };

    /// <summary>A member's name if it is plain text.</summary>
    public static string? Name(Template name) =>
        name is Template.Literal { Value: { ValueKind: not JsonValueKind.Null } value } ? value.ToString() : null;

    private static InferredType OfValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => InferredType.Text,
        JsonValueKind.Number => new InferredType.Scalar("number"),
        JsonValueKind.True or JsonValueKind.False => new InferredType.Scalar("boolean"),
        _ => InferredType.Any,
    };
}
