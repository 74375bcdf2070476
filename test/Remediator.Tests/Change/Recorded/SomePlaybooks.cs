using Remediator.Playbooks;

namespace Remediator.Tests.Change.Recorded;

/// <summary>A library of playbooks that are written for one test.</summary>
internal sealed class SomePlaybooks : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("playbooks-");

    public SomePlaybooks(params (string Name, string Yaml)[] playbooks)
    {
        foreach (var (name, yaml) in playbooks)
        {
            var file = Path.Combine(_folder.FullName, $"{name}.yaml");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, yaml);
        }

        File.WriteAllText(
            Path.Combine(_folder.FullName, PlaybookLibrary.IndexFile),
            PlaybookLibrary.Index(playbooks.Select(p => PlaybookReader.Read(p.Name, p.Name, p.Yaml))));
        Library = new(_folder.FullName);
    }

    public PlaybookLibrary Library { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
