using Remediator.JmesPath.Functions;

namespace Remediator.JmesPath;

/// <summary>An immutable table of functions: the built-in ones of the specification, and custom ones.</summary>
public sealed class JmesPathFunctions
{
    private readonly Dictionary<string, JmesPathFunction> _byName;

    private JmesPathFunctions(IEnumerable<JmesPathFunction> functions) =>
        _byName = functions.ToDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>The functions of the specification, and no others.</summary>
    public static JmesPathFunctions BuiltIn { get; } =
        new([
            .. NumberFunctions.All, .. StringFunctions.All, .. ListFunctions.All, .. OrderFunctions.All, .. ObjectFunctions.All,
            .. TypeFunctions.All,
        ]);

    /// <summary>A table of these functions and <paramref name="custom"/>.</summary>
    /// <exception cref="ArgumentException">A name is in use or is not an identifier, or a variadic function has no parameter.</exception>
    public JmesPathFunctions With(params ReadOnlySpan<JmesPathFunction> custom)
    {
        foreach (var function in custom)
        {
            if (!Syntax.Identifier.IsPlain(function.Name) || (function.Variadic && function.Parameters.IsEmpty))
            {
                throw new ArgumentException($"'{function.Name}' is not a function that an expression could call.", nameof(custom));
            }
        }

        return new([.. _byName.Values, .. custom]);
    }

    internal JmesPathFunction? Find(string name) => _byName.GetValueOrDefault(name);
}
