namespace Remediator.Tests.Aws.Conformance;

/// <summary>Where conformance cases stand: the project's own, and those of the folder that REMEDIATOR_PROTOCOL_CASES names.</summary>
internal static class CaseFolders
{
    public static string Own => Path.Combine(Root, "test", "Remediator.Tests", "Aws", "Cases");

    public static IEnumerable<string> Files(string pattern) => Folders().SelectMany(folder => Directory.EnumerateFiles(folder, pattern)).Order(StringComparer.Ordinal);

    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Remediator.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run from inside the repository.");
        }
    }

    private static IEnumerable<string> Folders()
    {
        yield return Own;
        var other = Environment.GetEnvironmentVariable("REMEDIATOR_PROTOCOL_CASES");
        if (!string.IsNullOrEmpty(other))
        {
            yield return Path.GetFullPath(other, Root);
        }
    }
}
