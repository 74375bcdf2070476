using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Remediator.Playbooks.Registered;

namespace Remediator.Playbooks;

/// <summary>
/// The playbooks of a folder. An index (<c>index.txt</c>, one line each: rule, resource type, playbook) tells which file applies,
/// so that an event reads one playbook only.
/// </summary>
internal sealed class PlaybookLibrary(string folder)
{
    public const string IndexFile = "index.txt";

    /// <summary>
    /// Every text that a playbook has had, each under its hash, so that what an earlier deployment planned can still be verified and
    /// undone.
    /// </summary>
    public const string Versions = ".versions";

    /// <summary>Ends the names of cases, which stand beside their playbooks and are none.</summary>
    public const string CaseEnding = ".case.yaml";

    /// <summary>Ends the names of guides, which stand beside the playbooks of their service.</summary>
    public const string GuideEnding = ".guide.yaml";

    /// <summary>Stands for the rule on index lines of playbooks that know what AWS Config records of the type.</summary>
    private const string RecordedKey = "-";

    /// <summary>Begins the lines of guides, which answer no rule.</summary>
    private const string GuideKey = "guide:";

    private readonly ConcurrentDictionary<string, Playbook> _read = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Guide> _guides = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Name, string Hash), Playbook> _versions = new();

    /// <summary>The index as it is stored, after a line break. A process looks for one line of thousands.</summary>
    private readonly Lazy<byte[]> _index = new(() => ReadIndex(Path.Combine(folder, IndexFile)));

    /// <summary>The names of the playbooks that answer a rule for a resource type.</summary>
    public ImmutableArray<string> Answering(string ruleIdentifier, string resourceType)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        ReadOnlySpan<byte> key = Encoding.UTF8.GetBytes($"\n{ruleIdentifier} {resourceType} ");
        var rest = _index.Value.AsSpan();
        for (var at = rest.IndexOf(key); at >= 0; at = rest.IndexOf(key))
        {
            rest = rest[(at + key.Length)..];
            var end = rest.IndexOf((byte)'\n');
            names.Add(Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]).TrimEnd('\r'));
        }

        return names.ToImmutable();
    }

    /// <summary>The names of the playbooks that know what AWS Config records of a type.</summary>
    public ImmutableArray<string> Recorded(string resourceType) => Answering(RecordedKey, resourceType);

    /// <summary>Whether some playbook answers a rule, for any resource type.</summary>
    public bool Answers(string ruleIdentifier) =>
        ruleIdentifier.Length > 0 && _index.Value.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\n{ruleIdentifier} ")) >= 0;

    /// <summary>All lines of the index.</summary>
    public ImmutableArray<Answering> Answers() =>
        [
            .. Encoding.UTF8.GetString(_index.Value)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(line => !line.StartsWith(RecordedKey, StringComparison.Ordinal))
                .Where(line => !line.StartsWith(GuideKey, StringComparison.Ordinal))
                .Select(line =>
                    line.Split(' ') is [var rule, var type, var name]
                        ? new Answering(rule, type, name)
                        : throw new InvalidDataException($"Not a line of {IndexFile}: '{line}'.")),
        ];

    /// <summary>The guide to a rule for a resource type; null where there is none.</summary>
    /// <exception cref="InvalidFileException">The guide has problems.</exception>
    /// <exception cref="FileNotFoundException">The index names a guide that is not there.</exception>
    public Guide? GuideTo(string ruleIdentifier, string resourceType) =>
        ruleIdentifier.Length > 0 && Answering(GuideKey + ruleIdentifier, resourceType) is [var name, ..] ? LoadGuide(name) : null;

    /// <exception cref="InvalidFileException">The guide has problems.</exception>
    /// <exception cref="FileNotFoundException">There is no such guide.</exception>
    public Guide LoadGuide(string name) => _guides.GetOrAdd(name, static (name, folder) =>
    {
        var file = Path.Combine(folder, name + GuideEnding);
        return PlaybookReader.ReadGuide(name, name + GuideEnding, File.ReadAllText(file));
    }, folder);

    /// <summary>The names of all playbooks, sorted.</summary>
    public ImmutableArray<string> Names() => Names(folder);

    /// <exception cref="InvalidFileException">The playbook has problems.</exception>
    /// <exception cref="FileNotFoundException">There is no such playbook.</exception>
    public Playbook Load(string name) => RegisteredPlaybook.Find(name) ?? _read.GetOrAdd(name, static (name, folder) =>
    {
        var file = Path.Combine(folder, name + ".yaml");
        return PlaybookReader.Read(name, $"{name}.yaml", File.ReadAllText(file));
    }, folder);

    /// <summary>The playbook whose text has this hash. The text comes from the deployment, never from the journal.</summary>
    /// <exception cref="UnknownPlaybookException">The deployment does not have that text.</exception>
    /// <exception cref="InvalidFileException">The text has problems other than keywords unknown to this version.</exception>
    public Playbook Version(string name, string hash) =>
        RegisteredPlaybook.IsName(name)
            ? BuiltIn(name, hash)
            : _versions.GetOrAdd((name, hash), static (wanted, library) => library.ReadVersion(wanted.Name, wanted.Hash), this);

    private Playbook ReadVersion(string name, string hash) =>
        _read.TryGetValue(name, out var current) && HashOf(current.Source) == hash
            ? current
            : new[] { Path.Combine(folder, name + ".yaml"), VersionFile(folder, hash) }
                .Where(File.Exists)
                .Select(File.ReadAllText)
                .FirstOrDefault(text => HashOf(text) == hash) is { } found
                ? PlaybookReader.ReadStored(name, found)
                : throw new UnknownPlaybookException(name, hash);

    private static byte[] ReadIndex(string path)
    {
        using var file = File.OpenRead(path);
        var text = new byte[file.Length + 1];
        text[0] = (byte)'\n';
        file.ReadExactly(text.AsSpan(1));
        return text;
    }

    private static Playbook BuiltIn(string name, string hash) =>
        RegisteredPlaybook.Find(name) is { } found && HashOf(found.Source) == hash ? found : throw new UnknownPlaybookException(name, hash);

    /// <summary>The identity of a playbook's text: its SHA-256 in hexadecimal digits.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Hexadecimal digits only, so no path can leave the folder.
    private static string VersionFile(string folder, string hash) =>
        Path.Combine(folder, Versions, $"{(hash.All(char.IsAsciiHexDigitLower) ? hash : "")}.yaml");

    /// <summary>The names of all playbooks, sorted.</summary>
    public static ImmutableArray<string> Names(string folder) =>
        [.. Files(folder).Where(f => !f.EndsWith(GuideEnding, StringComparison.Ordinal)).Select(f => NameOf(folder, f, ".yaml"))];

    /// <summary>The names of all guides, sorted.</summary>
    public static ImmutableArray<string> GuideNames(string folder) =>
        [.. Files(folder).Where(f => f.EndsWith(GuideEnding, StringComparison.Ordinal)).Select(f => NameOf(folder, f, GuideEnding))];

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
        .Where(f => !f.EndsWith(CaseEnding, StringComparison.Ordinal))
        .Where(f => Path.GetRelativePath(folder, f).Split('/', '\\')[0] is not (Versions or TypeFiles.Folder))
        .OrderBy(f => NameOf(folder, f, ".yaml"), StringComparer.Ordinal);

    private static string NameOf(string folder, string file, string ending) =>
        Path.GetRelativePath(folder, file)[..^ending.Length].Replace('\\', '/');

    /// <summary>The index for a folder's playbooks and guides.</summary>
    public static string Index(IEnumerable<Playbook> playbooks, IEnumerable<Guide>? guides = null)
    {
        var all = playbooks.ToList();
        var lines = all.SelectMany(p => AnsweredPairs.Of(p).Select(pair => $"{pair.Rule} {pair.Type} {p.Name}"))
            .Concat(
                all.Where(p => p.Steps.Any(s => s.Recorded is not null))
                    .SelectMany(p => p.Resources.Select(type => $"{RecordedKey} {type} {p.Name}")))
            .Concat((guides ?? []).SelectMany(g => AnsweredPairs.Of(g.Reads).Select(p => $"{GuideKey}{p.Rule} {p.Type} {g.Name}")));
        return string.Concat(lines.Order(StringComparer.Ordinal).Select(l => l + "\n"));
    }
}

/// <summary>A playbook answers a rule for a resource type.</summary>
internal readonly record struct Answering(string Rule, string Type, string Playbook);
