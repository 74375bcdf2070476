using Remediator.JmesPath.Functions;
using Remediator.JmesPath.Nodes;

namespace Remediator.JmesPath.Syntax;

/// <summary>Checks a call before there are values.</summary>
internal static class Signature
{
    /// <summary>What is wrong with the call; null if nothing is known to be.</summary>
    public static JmesPathException? Fault(JmesPathFunction? function, Token name, IReadOnlyList<Argument> arguments)
    {
        if (function is null)
        {
            return new JmesPathException(JmesPathError.UnknownFunction, name.Position, $"unknown function '{name.Text}'");
        }

        if (!function.TakesCount(arguments.Count))
        {
            var least = function.Variadic ? "at least " : "";
            var taken = function.Parameters.Length;
            return new JmesPathException(
                JmesPathError.InvalidArity,
                name.Position,
                $"{name.Text}() takes {least}{taken} {(taken == 1 ? "argument" : "arguments")}, not {arguments.Count}");
        }

        return arguments.Select((argument, i) => FaultOf(function, function.Takes(i), argument)).FirstOrDefault(fault => fault is not null);
    }

    private static JmesPathException? FaultOf(JmesPathFunction function, JmesPathTypes takes, Argument argument)
    {
        if (argument.IsReference ? takes.HasFlag(JmesPathTypes.Expression) : takes != JmesPathTypes.Expression)
        {
            return null;
        }

        var given = TypeCheck.Describe(argument.IsReference ? JmesPathTypes.Expression : JmesPathTypes.Any);
        return new JmesPathException(
            JmesPathError.InvalidType, argument.Position, $"{function.Name}() takes {TypeCheck.Describe(takes)}, not {given}");
    }
}
