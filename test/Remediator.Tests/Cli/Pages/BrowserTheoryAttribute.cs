namespace Remediator.Tests.Cli.Pages;

/// <summary>A test in a real browser: Chromium or Chrome on the path, or what REMEDIATOR_BROWSER names.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public BrowserTheoryAttribute()
    {
        if (Executable is null)
        {
            Skip = $"No browser: install Chromium ({string.Join(", ", Names)} on the path), or name one in REMEDIATOR_BROWSER.";
        }
    }

    internal static string? Executable { get; } = Environment.GetEnvironmentVariable("REMEDIATOR_BROWSER") is { Length: > 0 } given
        ? given
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
