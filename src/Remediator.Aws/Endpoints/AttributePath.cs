using System.Globalization;

namespace Remediator.Aws.Endpoints;

/// <summary>The path of <c>getAttr</c>: <c>name</c>, <c>name[1]</c>, <c>[1]</c>, <c>name.name</c>.</summary>
internal sealed class AttributePath
{
    private readonly (string Name, int? Index)[] steps;

    internal AttributePath(string path) => steps = Array.ConvertAll(path.Split('.'), Step);

    /// <summary>The value at the path, or null.</summary>
    internal object? Read(object? value)
    {
        foreach (var (name, index) in steps)
        {
            value = name.Length > 0 ? (value as IAttributes)?.Attribute(name) : value;
            if (index is { } at)
            {
                value = value is string[] list && at < list.Length ? list[at] : null;
            }
        }

        return value;
    }

    private static (string Name, int? Index) Step(string step)
    {
        var bracket = step.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0
            ? (step, null)
            : (step[..bracket], int.Parse(step.AsSpan(bracket + 1).TrimEnd(']'), CultureInfo.InvariantCulture));
    }
}
