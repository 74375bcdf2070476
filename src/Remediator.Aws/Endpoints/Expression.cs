using System.Runtime.CompilerServices;

namespace Remediator.Aws.Endpoints;

/// <summary>A value of the rules: a text, boolean, whole number, list of texts, <see cref="IAttributes"/>, or null if not set.</summary>
internal abstract class Expression
{
    private Expression()
    {
    }

    internal abstract object? Evaluate(Scope scope);

    internal sealed class Literal(object value) : Expression
    {
        internal override object Evaluate(Scope scope) => value;
    }

    internal sealed class Reference(int slot) : Expression
    {
        internal override object? Evaluate(Scope scope) => scope[slot];
    }

    internal sealed class Attribute(Expression of, AttributePath path) : Expression
    {
        internal override object? Evaluate(Scope scope) => path.Read(of.Evaluate(scope));
    }

    internal sealed class Template(string text, Expression[] parts) : Expression
    {
        internal override object Evaluate(Scope scope)
        {
            var pieces = new string[parts.Length];
            for (var i = 0; i < parts.Length; i++)
            {
                pieces[i] = parts[i].Evaluate(scope) as string ?? throw scope.Failure($"'{text}' has a part that is not set.");
            }

            return string.Concat(pieces);
        }
    }

    internal sealed class Call(Function function, Expression[] arguments) : Expression
    {
        internal override object? Evaluate(Scope scope)
        {
            var values = default(Arguments);
            for (var i = 0; i < arguments.Length; i++)
            {
                values[i] = arguments[i].Evaluate(scope);
            }

            return function(((ReadOnlySpan<object?>)values)[..arguments.Length]);
        }
    }

    /// <summary>No function takes more than four arguments, so they need no heap.</summary>
    [InlineArray(Length)]
    internal struct Arguments
    {
        internal const int Length = 4;

        private object? first;
    }
}
