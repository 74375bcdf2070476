using System.Text.Json;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>
/// A command with values in it, as it is pasted into a POSIX shell: whatever a value holds, it is one word and nothing else. Of a list each
/// item is a word, and an empty list is none.
/// </summary>
internal sealed record CommandLine(Template Text)
{
    /// <exception cref="MissingValueException">A value is missing, or is nothing that a message may show.</exception>
    /// <exception cref="ExpressionException">A value cannot be worked out.</exception>
    public string Render(Scope scope) => Text switch
    {
        Template.Text text => string.Concat(text.Parts.Select(part => part switch
        {
            TextPart.Plain plain => plain.Text,
            TextPart.Placeholder hole => Words(text.Evaluate(hole.Expression, scope)),
            _ => "",
        })),
        var one => one.Render(scope).ToString(),
    };

    private static string Words(JsonElement value) =>
        value.IsList() ? string.Join(' ', value.EnumerateArray().Select(Word)) : Word(value);

    private static string Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => throw new MissingValueException("A value is missing."),
        _ when ShownValue.IsSecret(value.ToString()) => throw new MissingValueException("A value looks like a secret."),
        _ => ShellWord.Quote(value.ToString()) ?? throw new MissingValueException("A value cannot be pasted into a shell."),
    };
}
