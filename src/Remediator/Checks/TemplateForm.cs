using System.Text.Json;
using Remediator.Playbooks;

namespace Remediator.Checks;

/// <summary>The form that a template's value will have.</summary>
internal static class TemplateForm
{
    public static Form Of(Template template, Form scope) => template switch
    {
        Template.Literal { Value: var value } => OfValue(value),
        Template.Text => Form.Text,
        Template.Computed computed => FormPath.From(computed.Expression.Result, scope),
        Template.Members members when members.Of.All(m => Name(m.Name) is not null) =>
            Form.FieldsOf(members.Of.DistinctBy(m => Name(m.Name)).Select(m => (Name(m.Name)!, Of(m.Value, scope)))),
        Template.Items { Of: [var first, ..] } => new Form.Items(Of(first, scope)),
        Template.Items => new Form.Items(Form.Any),
        _ => Form.Any,
    };

    /// <summary>A member's name where it is plain text.</summary>
    public static string? Name(Template name) => name is Template.Literal { Value: { ValueKind: not JsonValueKind.Null } value } ? value.ToString() : null;

    private static Form OfValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Form.Text,
        JsonValueKind.Number => new Form.Scalar("number"),
        JsonValueKind.True or JsonValueKind.False => new Form.Scalar("boolean"),
        _ => Form.Any,
    };
}
