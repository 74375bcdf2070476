using System.Text.Json;
using Remediator.JmesPath;

namespace Remediator.Playbooks;

/// <summary>An expression could not be evaluated over the given values. The message is for the reader of a notice.</summary>
/// <param name="word">The playbook keyword that it belongs to.</param>
/// <param name="at">Its position: for the playbook's author, not for the notice.</param>
/// <param name="text">The expression.</param>
/// <param name="inner">What went wrong.</param>
internal sealed class ExpressionException(string word, Place at, string text, Exception inner) : Exception(Sentence(word, at, inner), inner)
{
    public Place At { get; } = at;

    public string Text { get; } = text;

    /// <summary>Exceptions that an evaluation may throw for unexpected values; any other is a defect elsewhere.</summary>
    public static bool IsOfExpression(Exception e) =>
        e
            is JmesPathException
                or ArgumentException
                or InvalidOperationException
                or FormatException
                or OverflowException
                or JsonException
                or KeyNotFoundException;

    private static string Sentence(string word, Place at, Exception inner) => inner switch
    {
        // The playbooks' functions give a message for people; JMESPath's messages are about the expression, which readers do not see.
        JmesPathException { Error: JmesPathError.InvalidValue } own =>
            $"{char.ToUpperInvariant(own.Why[0])}{own.Why[1..]}. It was needed for {PlaybookText.Setting(word, at)}.",
        _ => $"{PlaybookText.Setting(word, at)} could not be worked out from what was read: "
            + "a value has a form that the playbook does not expect. "
            + "Put it right by hand, or have the playbook changed.",
    };
}

/// <summary>A value that the playbook needs is missing.</summary>
internal sealed class MissingValueException(string message) : Exception(message);
