using System.Text.Json;
using Remediator.JmesPath;

namespace Remediator.Playbooks;

/// <summary>An expression that could not be evaluated over the values it met: in words for whoever reads the notice at night.</summary>
/// <param name="word">The playbook's word that it stands under.</param>
/// <param name="at">Where it stands: for whoever mends the playbook, not for the notice.</param>
/// <param name="text">The expression.</param>
/// <param name="inner">What went wrong.</param>
internal sealed class ExpressionException(string word, Place at, string text, Exception inner) : Exception(Sentence(word, at, inner), inner)
{
    public Place At { get; } = at;

    public string Text { get; } = text;

    /// <summary>What evaluating may throw over values that nobody thought of; anything else is a defect elsewhere.</summary>
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
        // A function of the playbooks says it in its own words; what JMESPath says is about expressions, which nobody sees.
        JmesPathException { Error: JmesPathError.InvalidValue } own =>
            $"{char.ToUpperInvariant(own.Why[0])}{own.Why[1..]}. It was needed for {PlaybookText.Setting(word, at)}.",
        _ => $"{PlaybookText.Setting(word, at)} could not be worked out from what was read: "
            + "a value has a form that the playbook does not expect. "
            + "Put it right by hand, or have the playbook changed.",
    };
}

/// <summary>A value that the playbook needs is not there.</summary>
internal sealed class MissingValueException(string message) : Exception(message);
