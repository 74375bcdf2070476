namespace Remediator.Values;

/// <summary>The lists of facts embedded in this assembly. Each is read at its first use.</summary>
internal static class FactFile
{
    /// <summary>The lines of all lists in a folder, without comments.</summary>
    public static IEnumerable<string> LinesUnder(string folder) => typeof(FactFile).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .SelectMany(Lines);

    /// <summary>The lines of a list, without comments.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var resource = typeof(FactFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"The list '{name}' is not in the assembly.");
        using var reader = new StreamReader(resource);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
