namespace Remediator.JmesPath;

/// <summary>An expression that cannot be parsed or evaluated. The message ends with the place: <c>unexpected ')' at offset 7</c>.</summary>
public sealed class JmesPathException(JmesPathError error, int position, string message)
    : Exception($"{message} at offset {position}")
{
    public JmesPathError Error { get; } = error;

    /// <summary>The message without the place.</summary>
    public string Why { get; } = message;

    /// <summary>Offset in the expression's text, in UTF-16 units from 0; 0 too where the fault is of the evaluation as a whole.</summary>
    public int Position { get; } = position;
}
