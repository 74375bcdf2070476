namespace Remediator.JmesPath;

/// <summary>The kinds of error that the JMESPath specification names.</summary>
public enum JmesPathError
{
    Syntax,
    InvalidType,
    InvalidArity,
    InvalidValue,
    UnknownFunction,
}

/// <summary>An expression that cannot be parsed or evaluated.</summary>
public sealed class JmesPathException(JmesPathError error, int position, string message) : Exception(message)
{
    public JmesPathError Error { get; } = error;

    /// <summary>Offset in the expression's text, from 0.</summary>
    public int Position { get; } = position;
}
