using System.Reflection;

namespace Remediator.Values;

/// <summary>The lists of facts embedded in this assembly. Each is read at its first use.</summary>
internal static class FactFile
{
    private static readonly Assembly Here = typeof(FactFile).Assembly;

    /// <summary>The lines of all lists in a folder, without comments.</summary>
    public static IEnumerable<string> LinesUnder(string folder) => Here.GetManifestResourceNames()
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .SelectMany(Lines);

    /// <summary>The lines of a list, without comments.</summary>
    public static IEnumerable<string> Lines(string name) => new FactTable(name).Lines;
}
