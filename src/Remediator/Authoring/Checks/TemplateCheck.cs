using System.Text.Json;
using Remediator.Aws.Models;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Checks a template against the type that its value must have, as far as the template is static.</summary>
internal sealed class TemplateCheck(string of, InferredType scope)
{
    private readonly List<Problem> _problems = [];
    private bool _isInput;

    /// <summary>An operation's input: required members must be present.</summary>
    public IReadOnlyList<Problem> Input(Call call, InferredType form)
    {
        _isInput = true;
        if (call.Input == Template.Empty)
        {
            Required([], form, call.At, "");
        }
        else
        {
            Fit(call.Input, form, "");
        }

        return _problems;
    }

    /// <summary>A value that is compared with what was read.</summary>
    public IReadOnlyList<Problem> Value(Template template, InferredType form)
    {
        Fit(template, form, "");
        return _problems;
    }

    private void Fit(Template template, InferredType form, string path)
    {
        switch (template)
        {
            case Template.Members members:
                Need("object", form, template.At, path);
                Members(members, form, path);
                break;
            case Template.Items items:
                Need("list", form, template.At, path);
                foreach (var item in items.Of)
                {
                    Fit(item, form.Item(), path + "[]");
                }

                break;
            case Template.Literal { Value.ValueKind: not JsonValueKind.Null } literal:
                Scalar(literal, form, path);
                break;
            case Template.Computed or Template.Text when TemplateType.Of(template, scope).Kind() is { } kind:
                Need(kind, form, template.At, path);
                break;
            default:
                break;
        }
    }

    private void Members(Template.Members members, InferredType form, string path)
    {
        if (form.Kind() is not "object")
        {
            return;
        }

        foreach (var (name, value) in members.Of)
        {
            if (TemplateType.Name(name) is not { } text)
            {
                continue;
            }

            if (form.Member(text) is { } member)
            {
                Fit(value, member, Join(path, text));
            }
            else
            {
                var hint = Nearest.Hint(text, [.. form.Names()]);
                Add(_isInput ? "PB021" : "PB025", name.At, $"'{Join(path, text)}' is not in {of}{hint}");
            }
        }

        if (members.Of.All(m => TemplateType.Name(m.Name) is not null))
        {
            Required([.. members.Of.Select(m => TemplateType.Name(m.Name)!)], form, members.At, path);
        }
    }

    private void Required(string[] given, InferredType form, Place at, string path)
    {
        if (!_isInput || form is not InferredType.Of { Shape: { } shape })
        {
            return;
        }

        foreach (var name in shape.Required.Where(n => !given.Contains(n) && !shape.Members[n].IsIdempotencyToken))
        {
            Add("PB024", at, $"{of} requires '{Join(path, name)}'");
        }
    }

    private void Scalar(Template.Literal literal, InferredType form, string path)
    {
        var value = literal.Value;
        Need(TemplateType.Of(literal, scope).Kind()!, form, literal.At, path);
        if (form is InferredType.Of { Shape: { Type: ShapeType.String, Enum: { Count: > 0 } allowed } }
            && value.ValueKind is JsonValueKind.String
            && value.GetString() is { } text
            && !allowed.Contains(text))
        {
            var known = allowed.Count <= 12 ? $"; one of {string.Join(", ", allowed)}" : "";
            Add("PB023", literal.At, $"'{text}' is not a value of '{path}' in {of}{Nearest.Hint(text, [.. allowed])}{known}");
        }
    }

    private void Need(string kind, InferredType form, Place at, string path)
    {
        if (form.Kind() is { } needed && needed != kind)
        {
            var remedy = (needed, kind) is ("text", "number" or "boolean") ? "; quote it" : "";
            Add("PB022", at, $"'{(path.Length > 0 ? path : "with")}' in {of} is {Word(needed)}, not {Word(kind)}{remedy}");
        }
    }

    private void Add(string code, Place at, string message) => _problems.Add(new(code, at, message));

    private static string Word(string kind) => kind switch
    {
        "object" => "an object",
        "list" => "a list",
        "number" => "a number",
        "boolean" => "true or false",
        _ => "text",
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
