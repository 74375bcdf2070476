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
