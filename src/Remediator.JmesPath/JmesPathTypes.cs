using System.Diagnostics.CodeAnalysis;

namespace Remediator.JmesPath;

/// <summary>The types of JMESPath, as a set: the type of a value, or the types that a parameter accepts.</summary>
[Flags]
[SuppressMessage("Naming", "CA1720", Justification = "These are the names of the specification.")]
public enum JmesPathTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Number = 4,
    String = 8,
    Array = 16,
    Object = 32,

    /// <summary>Any value except an expression reference.</summary>
    Any = Null | Boolean | Number | String | Array | Object,

    /// <summary>An expression reference, <c>&amp;expression</c>.</summary>
    Expression = 64,

    /// <summary>An array that is empty or has only numbers.</summary>
    Numbers = 128,

    /// <summary>An array that is empty or has only strings.</summary>
    Strings = 256,
}
