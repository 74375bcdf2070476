using System.Diagnostics.CodeAnalysis;

namespace Remediator.JmesPath;

/// <summary>The types of JMESPath, as sets: what a value is, or what a parameter takes.</summary>
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

    /// <summary>Any value; not an expression reference.</summary>
    Any = Null | Boolean | Number | String | Array | Object,

    /// <summary>An expression reference, <c>&amp;expression</c>.</summary>
    Expression = 64,

    /// <summary>An array whose items are all numbers (an empty one too).</summary>
    Numbers = 128,

    /// <summary>An array whose items are all strings (an empty one too).</summary>
    Strings = 256,
}
