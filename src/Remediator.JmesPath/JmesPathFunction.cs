using System.Collections.Immutable;

namespace Remediator.JmesPath;

/// <summary>
/// A function that expressions may call. Arity and types are checked before <paramref name="Body"/> runs, which must be pure
/// and thread-safe; it reports an invalid argument with <see cref="JmesPathCall.Invalid"/>.
/// </summary>
/// <param name="Parameters">The types that each parameter accepts.</param>
public sealed record JmesPathFunction(string Name, ImmutableArray<JmesPathTypes> Parameters, Func<JmesPathCall, JmesPathValue> Body)
{
    /// <summary>The last parameter takes one argument or more.</summary>
    public bool Variadic { get; init; }

    internal Functions.Flow Flow { get; init; }

    internal JmesPathTypes Takes(int argument) => Parameters[Math.Min(argument, Parameters.Length - 1)];

    internal bool TakesCount(int count) => Variadic ? count >= Parameters.Length : count == Parameters.Length;
}
