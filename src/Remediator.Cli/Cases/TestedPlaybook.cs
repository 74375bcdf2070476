using System.Collections.Immutable;
using Remediator.Emulator.Cases;
using Remediator.Playbooks;

namespace Remediator.Cli.Cases;

/// <summary>A playbook with its cases, and a folder in which the index has it as it is now.</summary>
internal sealed class TestedPlaybook : IDisposable
{
    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("remediator-test-");

    private TestedPlaybook(Playbook playbook, string file, ImmutableArray<PlaybookCase> cases, string folder)
    {
        (Playbook, File, Cases) = (playbook, file, cases);
        Copy(folder);
    }

    public Playbook Playbook { get; }

    public string File { get; }

    public ImmutableArray<PlaybookCase> Cases { get; }

    /// <summary>The playbooks of the folder, with this one in place of what has its name there.</summary>
    public string Folder => _copy.FullName;

    /// <param name="given">A file, or a name as in <c>s3/bucket-versioning</c>.</param>
    /// <param name="caseFiles">The cases; none for those that are found.</param>
    /// <exception cref="UsageException">There is no such playbook, or no case of it.</exception>
    /// <exception cref="InvalidFileException">The playbook or a case has problems.</exception>
    public static TestedPlaybook Find(string given, IReadOnlyList<string> caseFiles, string folder)
    {
        if (given.EndsWith(PlaybookLibrary.GuideEnding, StringComparison.Ordinal))
        {
            throw new UsageException(
                $"{given} is a guide, which changes nothing: 'remediator lint {given}' checks it, and a case that 'ends: helps' in the "
                + "repository's tests runs it.");
        }

        var (name, file) = Located(given, folder);
        var playbook = PlaybookReader.Read(name, file, System.IO.File.ReadAllText(file));
        IReadOnlyList<string> files = caseFiles is [] ? PlaybookCases.FilesOf(name, file) : caseFiles;
        if (files is [])
        {
            throw new UsageException(
                $"{name} has no case. Write one beside it, as {Path.ChangeExtension(file, null)}{PlaybookLibrary.CaseEnding} "
                + "(docs/playbooks.md#cases), or name its file with --case.");
        }

        if (files.FirstOrDefault(f => !System.IO.File.Exists(f)) is { } missing)
        {
            throw new UsageException($"There is no file {missing}.");
        }

        ImmutableArray<PlaybookCase> cases = [.. files.Select(f => PlaybookCaseReader.Read(name, f))];
        foreach (var (read, at) in cases.Zip(files))
        {
            Refuse(read, playbook, at);
        }

        return new(playbook, file, cases, folder);
    }

    public void Dispose() => _copy.Delete(recursive: true);

    private static (string Name, string File) Located(string given, string folder)
    {
        if (!System.IO.File.Exists(given))
        {
            var named = Path.Combine(folder, given + ".yaml");
            return System.IO.File.Exists(named)
                ? (given, named)
                : throw new UsageException(
                    $"There is no playbook '{given}', and no such file{Nearest.Hint(given, PlaybookLibrary.Names(folder).AsSpan())}.");
        }

        var path = Path.GetFullPath(given);
        return ($"{Path.GetFileName(Path.GetDirectoryName(path))}/{Path.GetFileNameWithoutExtension(path)}", given);
    }

    private static void Refuse(PlaybookCase read, Playbook playbook, string file)
    {
        if (read.Rules.FirstOrDefault(r => !playbook.Rules.Contains(r)) is { } rule && !playbook.Rules.IsEmpty)
        {
            throw new UsageException($"{file}: the playbook does not answer the rule '{rule}', but {string.Join(", ", playbook.Rules)}.");
        }

        if (read.Rules is [])
        {
            throw new UsageException($"{file}: 'rule' is missing: the rule that finds the resource.");
        }

        if (!playbook.Resources.Contains(read.ResourceType))
        {
            throw new UsageException(
                $"{file}: the playbook is about {string.Join(", ", playbook.Resources)}, and the case's resource is {read.ResourceType}.");
        }
    }

    private void Copy(string folder)
    {
        foreach (var name in PlaybookLibrary.Names(folder).Append(Playbook.Name))
        {
            var from = name == Playbook.Name ? File : Path.Combine(folder, name + ".yaml");
            var to = Path.Combine(Folder, name + ".yaml");
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            System.IO.File.Copy(from, to, overwrite: true);
        }

        var index = Path.Combine(folder, PlaybookLibrary.IndexFile);
        var others = System.IO.File.ReadLines(index).Where(l => !l.EndsWith($" {Playbook.Name}", StringComparison.Ordinal));
        System.IO.File.WriteAllText(
            Path.Combine(Folder, PlaybookLibrary.IndexFile),
            string.Concat(others.Select(l => l + "\n")) + PlaybookLibrary.Index([Playbook]));
    }
}
