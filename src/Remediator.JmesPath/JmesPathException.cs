namespace Remediator.JmesPath;

/// <summary>An expression cannot be parsed or evaluated. The message ends with the position: <c>unexpected ')' at offset 7</c>.</summary>
public sealed class JmesPathException(JmesPathError error, int position, string message)
    : Exception($"{message} at offset {position}")
{
    public JmesPathError Error { get; } = error;

    /// <summary>The message without the position.</summary>
    public string Why { get; } = message;

    /// <summary>
    /// The offset in the expression's text, in UTF-16 units from 0; also 0 if the error concerns the evaluation as a whole.
    /// </summary>
    public int Position { get; } = position;
}
