using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Remediator.Aws.Models;
using Remediator.Playbooks;

namespace Remediator.Cli.Drafts;

/// <summary>Which operations a playbook for a rule and a type might use, the likeliest first.</summary>
internal sealed partial class DraftOperations
{
    private static readonly string[] Reading = ["Get", "Describe"];
    private static readonly string[] Writing = ["Put", "Update", "Modify", "Set", "Enable", "Change"];
    private static readonly string[] Creating = ["Create", "Run", "Register", "Allocate"];
    private static readonly string[] IdSuffixes = ["Identifier", "Name", "Id", "Arn", "ARN", "Url", ""];

    private readonly string _noun;
    private readonly ImmutableArray<string> _words;

    /// <exception cref="UsageException">No API model is carried for the type's service.</exception>
    public DraftOperations(string rule, string type, PlaybookLibrary playbooks, IEnumerable<string> names)
    {
        _noun = type.Split("::")[^1];
        _words = [.. rule.Split('_', '-').Where(w => w.Length > 2)];
        Service = ServiceOf(type, playbooks, names) ?? throw new UsageException(
            $"No API model is carried for the service of {type}. Add its operations to tools/operations.txt and run tools/trim-models.");
        var operations = ModelCatalog.Operations(Service).Select(name => ModelCatalog.Find($"{Service}:{name}")!).ToList();
        Reads = Ranked(operations, Reading);
        Writes = Ranked(operations, Writing);
        Creates = Ranked(operations, Creating);
    }

    public string Service { get; }

    public ImmutableArray<OperationModel> Reads { get; }

    public ImmutableArray<OperationModel> Writes { get; }

    public ImmutableArray<OperationModel> Creates { get; }

    /// <summary>The member of an operation's input that names the resource; null where none is known to.</summary>
    public Member? Identity(OperationModel operation) => operation.Input is not { } input ? null : (
        from ending in IdSuffixes
        from name in new[] { $"{_noun}{ending}", $"{_noun}{ending}s", ending }
        where name.Length > 0
        from member in input.Members.Values
        where member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        orderby input.Required.Contains(member.Name) ? 0 : 1
        select member).FirstOrDefault();

    /// <summary>The last words of an operation's name, without the verb.</summary>
    public static string Subject(OperationModel operation) => Verb().Replace(operation.Name, "");

    private ImmutableArray<OperationModel> Ranked(IEnumerable<OperationModel> operations, string[] verbs) =>
    [
        .. from o in operations
           where verbs.Any(v => o.Name.StartsWith(v, StringComparison.Ordinal)) && Identity(o) is not null
           orderby Score(o) descending, o.Name.Length, o.Name
           select o,
    ];

    private int Score(OperationModel operation) =>
        (2 * _words.Count(w => operation.Name.Contains(w, StringComparison.OrdinalIgnoreCase)))
        + (Identity(operation) is { } member && operation.Input!.Required.Contains(member.Name) ? 1 : 0)
        + (Subject(operation).TrimEnd('s') == _noun ? 1 : 0);

    /// <summary>As the playbooks of the same service call it; else by its own name.</summary>
    private static string? ServiceOf(string type, PlaybookLibrary playbooks, IEnumerable<string> names)
    {
        var prefix = type[..(type.LastIndexOf("::", StringComparison.Ordinal) + 2)];
        var called = names.Select(playbooks.Load).Where(p => p.Resources.Any(r => r.StartsWith(prefix, StringComparison.Ordinal)))
            .SelectMany(p => Called().Matches(p.Source).Select(m => m.Groups[1].Value))
            .CountBy(s => s).OrderByDescending(s => s.Value).Select(s => s.Key).FirstOrDefault();
        var own = type.Split("::").ElementAtOrDefault(1)?.ToLowerInvariant() ?? "";
        return called ?? (ModelCatalog.Services.Contains(own) ? own : null);
    }

    [GeneratedRegex("^[A-Z][a-z]+")]
    private static partial Regex Verb();

    [GeneratedRegex("call: \"?([a-z0-9-]+):[A-Z]")]
    private static partial Regex Called();
}
