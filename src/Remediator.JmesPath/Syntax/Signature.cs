using Remediator.JmesPath.Functions;
using Remediator.JmesPath.Nodes;

namespace Remediator.JmesPath.Syntax;

/// <summary>What can be said about a call before there are values.</summary>
internal static class Signature
{
    public static Call Check(JmesPathFunctions functions, Token name, Argument[] arguments)
    {
        var function = functions.Find(name.Text)
            ?? throw new JmesPathException(JmesPathError.UnknownFunction, name.Position, $"unknown function '{name.Text}'");
        if (!function.TakesCount(arguments.Length))
        {
            var least = function.Variadic ? "at least " : "";
            throw new JmesPathException(
                JmesPathError.InvalidArity,
                name.Position,
                $"{name.Text}() takes {least}{function.Parameters.Length} arguments, not {arguments.Length}");
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            RequireKind(function, function.Takes(i), arguments[i]);
        }

        return new Call(function, arguments);
    }

    private static void RequireKind(JmesPathFunction function, JmesPathTypes takes, Argument argument)
    {
        var fits = argument.IsReference ? takes.HasFlag(JmesPathTypes.Expression) : takes != JmesPathTypes.Expression;
        if (!fits)
        {
            var given = argument.IsReference ? TypeCheck.Describe(JmesPathTypes.Expression) : TypeCheck.Describe(JmesPathTypes.Any);
            throw new JmesPathException(
                JmesPathError.InvalidType, argument.Position, $"{function.Name}() takes {TypeCheck.Describe(takes)}, not {given}");
        }
    }
}
