using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Remediator.Playbooks;

/// <summary>
/// The playbooks of a folder. An index (<c>index.txt</c>: rule, resource type, playbook a line) tells which file answers,
/// so that an event reads one playbook however many there are.
/// </summary>
internal sealed class PlaybookLibrary(string folder)
{
    public const string IndexFile = "index.txt";

    /// <summary>For each managed rule that no playbook answers: rule, what it checks, and what a person does, between tabs.</summary>
    public const string GuideFile = "guide.txt";

    private readonly Lazy<string> _guides = new(() => File.Exists(Path.Combine(folder, GuideFile)) ? "\n" + File.ReadAllText(Path.Combine(folder, GuideFile)) : "");
    private readonly ConcurrentDictionary<string, Playbook> _read = new(StringComparer.Ordinal);
    private readonly Lazy<string> _index = new(() => "\n" + File.ReadAllText(Path.Combine(folder, IndexFile)));

    /// <summary>The names of the playbooks that answer a rule for a type of resource.</summary>
    public ImmutableArray<string> Answering(string ruleIdentifier, string resourceType)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var key = $"\n{ruleIdentifier} {resourceType} ";
        var index = _index.Value;
        for (var at = index.IndexOf(key, StringComparison.Ordinal); at >= 0; at = index.IndexOf(key, at + 1, StringComparison.Ordinal))
        {
            var start = at + key.Length;
            var end = index.IndexOf('\n', start);
            names.Add((end < 0 ? index[start..] : index[start..end]).TrimEnd('\r'));
        }

        return names.ToImmutable();
    }

    /// <summary>True where some playbook answers a rule, for whatever type of resource.</summary>
    public bool Answers(string ruleIdentifier) => ruleIdentifier.Length > 0 && _index.Value.Contains($"\n{ruleIdentifier} ", StringComparison.Ordinal);

    /// <summary>Every line of the index.</summary>
    public ImmutableArray<Answering> Answers() =>
    [
        .. _index.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ') is [var rule, var type, var name] ? new Answering(rule, type, name) : throw new InvalidDataException($"Not a line of {IndexFile}: '{line}'.")),
    ];

    /// <summary>Every playbook's name, in order.</summary>
    public ImmutableArray<string> Names() => Names(folder);

    /// <summary>What people are told about a rule that no playbook answers; null for a rule that AWS does not manage.</summary>
    public RuleGuide? Guide(string ruleIdentifier)
    {
        var key = $"\n{ruleIdentifier}\t";
        var at = ruleIdentifier.Length > 0 ? _guides.Value.IndexOf(key, StringComparison.Ordinal) : -1;
        return at < 0 ? null : _guides.Value[(at + key.Length)..].Split('\n', 2)[0].TrimEnd('\r').Split('\t') is [var checks, var todo] ? new(checks, todo) : null;
    }

    /// <exception cref="InvalidFileException">The playbook has problems.</exception>
    /// <exception cref="FileNotFoundException">There is no such playbook.</exception>
    public Playbook Load(string name) => _read.GetOrAdd(name, static (name, folder) =>
    {
        var file = Path.Combine(folder, name + ".yaml");
        return PlaybookReader.Read(name, $"{name}.yaml", File.ReadAllText(file));
    }, folder);

    /// <summary>Every playbook's name, in order.</summary>
    public static ImmutableArray<string> Names(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Select(f => Path.ChangeExtension(Path.GetRelativePath(folder, f), null).Replace('\\', '/'))
            .Where(name => !name.StartsWith($"{TypeFiles.Folder}/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The index that belongs to a folder's playbooks.</summary>
    public static string Index(IEnumerable<Playbook> playbooks)
    {
        var lines = playbooks.SelectMany(p => AnsweredPairs.Of(p).Select(pair => $"{pair.Rule} {pair.Type} {p.Name}"));
        return string.Concat(lines.Order(StringComparer.Ordinal).Select(l => l + "\n"));
    }
}

/// <summary>That a playbook answers a rule for a type of resource.</summary>
internal readonly record struct Answering(string Rule, string Type, string Playbook);
