namespace Remediator.Benchmarks;

/// <summary>The root of the repository that the benchmarks were built from.</summary>
internal static class Repository
{
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Remediator.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new DirectoryNotFoundException("The benchmarks do not run from inside the repository.");
        }
    }
}
