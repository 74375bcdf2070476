namespace Remediator.Values;

/// <summary>The lists of facts that this assembly carries. None is read at the start, each where it is first needed.</summary>
internal static class FactFile
{
    /// <summary>The lines of every list of a folder, without comments.</summary>
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
