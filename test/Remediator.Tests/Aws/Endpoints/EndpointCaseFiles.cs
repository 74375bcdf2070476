namespace Remediator.Tests.Aws.Endpoints;

/// <summary>The project's own cases, and those in the folder that REMEDIATOR_PROTOCOL_CASES names.</summary>
internal static class EndpointCaseFiles
{
    internal static string OwnFolder { get; } = FindOwnFolder();

    internal static IEnumerable<EndpointCase> Read() => Folders()
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*endpoint*.jsonl").Order(StringComparer.Ordinal))
        .SelectMany(File.ReadLines)
        .Where(line => line.Length > 0)
        .Select(EndpointCase.Parse);

    private static IEnumerable<string> Folders() =>
        Environment.GetEnvironmentVariable("REMEDIATOR_PROTOCOL_CASES") is { Length: > 0 } others ? [OwnFolder, others] : [OwnFolder];

    private static string FindOwnFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Remediator.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "test", "Remediator.Tests", "Aws", "Endpoints", "Cases");
    }
}
