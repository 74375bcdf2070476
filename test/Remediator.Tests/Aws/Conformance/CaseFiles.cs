using System.Text.Json;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>
/// The conformance cases: the project's own, and those in the folder that REMEDIATOR_PROTOCOL_CASES names. The content of a case,
/// not the name of its file, shows its kind.
/// </summary>
internal static class CaseFiles
{
    public static string Own => Path.Combine(Root, "test", "Remediator.Tests", "Aws", "Cases");

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

    public static IEnumerable<JsonElement> Cases() => Folders().SelectMany(Cases);

    public static IEnumerable<JsonElement> Cases(string folder) =>
        Files(folder, "*.jsonl").SelectMany(File.ReadLines).Where(line => !string.IsNullOrWhiteSpace(line)).Select(
            line => JsonElement.Parse(line))
            .Concat(Files(folder, "*.json").Select(file => JsonElement.Parse(File.ReadAllBytes(file))).SelectMany(Samples));

    private static IEnumerable<string> Folders()
    {
        yield return Own;
        var other = Environment.GetEnvironmentVariable("REMEDIATOR_PROTOCOL_CASES");
        if (!string.IsNullOrEmpty(other))
        {
            yield return Path.GetFullPath(other, Root);
        }
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal);

    // One file has many real operations, all with the same expected idempotency token.
    private static IEnumerable<JsonElement> Samples(JsonElement file) => file.TryGetProperty("ops", out var samples)
        ? samples.EnumerateArray().Select(sample => SampleCase.WithToken(sample, file))
        : [];
}
