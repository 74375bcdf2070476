namespace Remediator.Emulator;

/// <summary>The working copy that this program was built from: it holds the emulator, the template and the function.</summary>
internal static class Repository
{
    /// <exception cref="EmulatorException">The program runs outside a working copy.</exception>
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Find(Environment.CurrentDirectory)
        ?? throw new EmulatorException(
            "This runs from a working copy of the repository only: there is no Remediator.sln above this program.");

    public static string At(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string? Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Remediator.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
