namespace Remediator.Tests.Authoring.Checks;

/// <summary>The files of the repository that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Remediator.sln")))
        {
            at = Path.GetDirectoryName(at) ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        }

        return at;
    }
}
