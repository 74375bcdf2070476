using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Remediator.Decide;
using Remediator.Playbooks;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Remediator.Cli.Accounts;

/// <summary>What became of a policy's text.</summary>
/// <param name="Text">The whole file.</param>
/// <param name="Gone">Accounts that the policy knows and the organization does not: they stay as they are.</param>
internal sealed record ImportedAccounts(
    string Text, ImmutableArray<string> Added, ImmutableArray<string> Changed, ImmutableArray<string> Gone);

/// <summary>
/// Writes accounts into the text of a policy: one line for each that is new or is otherwise than the organization says, and no other line
/// is touched. What a person wrote of an account, and the organization does not say, is kept.
/// </summary>
internal static partial class AccountsText
{
    public const string Section = "accounts";

    /// <summary>A section of its own, for a policy that has none.</summary>
    public static string Of(IEnumerable<Account> accounts) =>
        $"{Section}:\n{string.Concat(accounts.Select(a => $"  {Line(a)}\n"))}";

    /// <exception cref="UsageException">The section is written so that single lines of it cannot be replaced.</exception>
    public static ImportedAccounts Into(string text, Policy policy, IReadOnlyCollection<Account> found)
    {
        var merged = found.Select(a => policy.Accounts.TryGetValue(a.Id, out var known) ? Over(a, known) : a).ToArray();
        ImmutableArray<string> gone =
            [.. policy.Accounts.Keys.Except(found.Select(a => a.Id)).Order(StringComparer.Ordinal)];
        var added = merged.Where(a => !policy.Accounts.ContainsKey(a.Id)).ToArray();
        var changed = merged.Where(a => policy.Accounts.TryGetValue(a.Id, out var known) && Line(known) != Line(a)).ToArray();
        ImportedAccounts Done(string now) => new(now, [.. added.Select(a => a.Id)], [.. changed.Select(a => a.Id)], gone);
        if (added is [] && changed is [])
        {
            return Done(text);
        }

        if (SectionOf(text) is not { } section)
        {
            var end = text.Length == 0 || text.EndsWith('\n') ? "" : "\n";
            return Done($"{text}{end}{(text.Length == 0 ? "" : "\n")}{Of(added)}");
        }

        var lines = text.Split('\n').ToList();
        var entries = section.Children.Select(c => (Id: ((YamlScalarNode)c.Key).Value!, From: (int)c.Key.Start.Line, To: LastLine(c.Value)))
            .ToArray();
        Check(section, entries);
        var indent = new string(' ', (int)section.Children.First().Key.Start.Column - 1);
        lines.InsertRange(entries[^1].To, added.Select(a => indent + Line(a)));
        foreach (var (id, from, to) in entries.Reverse())
        {
            if (Array.Find(changed, a => a.Id == id) is { } account)
            {
                lines.RemoveRange(from - 1, to - from + 1);
                lines.Insert(from - 1, indent + Line(account));
            }
        }

        return Done(string.Join('\n', lines));
    }

    /// <summary>What the organization says, and beside it what only the policy does.</summary>
    private static Account Over(Account said, Account known) => known with
    {
        Name = said.Name ?? known.Name,
        Unit = said.Unit ?? known.Unit,
        Team = said.Team ?? known.Team,
        Environment = said.Environment ?? known.Environment,
        Values = known.Values.SetItems(said.Values),
    };

    private static YamlMappingNode? SectionOf(string text) =>
        text.Trim().Length > 0
        && YamlReader.Parse(text) is YamlMappingNode root
        && root.Children.TryGetValue(new YamlScalarNode(Section), out var section)
            ? section as YamlMappingNode
            : null;

    private static void Check(YamlMappingNode section, (string Id, int From, int To)[] entries)
    {
        var isByLine = section.Style is not MappingStyle.Flow
            && entries.Select(e => e.From).Distinct().Count() == entries.Length
            && section.Children.All(c => c.Key.Anchor.IsEmpty && c.Value.Anchor.IsEmpty && ((YamlScalarNode)c.Key).Value is not "<<");
        if (!isByLine)
        {
            throw new UsageException(
                $"'{Section}' of this file is written on one line, or with anchors: its lines cannot be replaced one by one. Without "
                + "--write the accounts are printed, to be put in by hand.");
        }
    }

    /// <summary>A mapping that ends with a line of its own ends where its last value does.</summary>
    private static int LastLine(YamlNode node) => node is YamlMappingNode { Style: not MappingStyle.Flow, Children.Count: > 0 } map
        ? map.Children.Max(c => LastLine(c.Value))
        : (int)node.End.Line;

    private static string Line(Account account)
    {
        string?[] words =
        [
            Word("name", account.Name), Word("ou", account.Unit), Word("team", account.Team), Word("environment", account.Environment),
            account.Values.IsEmpty ? null : $"values: {{{string.Join(", ", account.Values.Select(v => Word(Quoted(v.Key), v.Value)))}}}",
        ];
        return $"'{account.Id}': {{{string.Join(", ", words.OfType<string>())}}}";
    }

    private static string? Word(string name, string? value) => value is null ? null : $"{name}: {Quoted(value)}";

    /// <summary>As it is where every reader of YAML takes it for this text; else in quotes.</summary>
    private static string Quoted(string text) =>
        Plain().IsMatch(text)
            && PlainYaml.KindOf(new YamlScalarNode(text) { Style = YamlDotNet.Core.ScalarStyle.Plain }) is PlainYaml.Kind.Text
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex("^[A-Za-z](?:[A-Za-z0-9 _./-]*[A-Za-z0-9_./-])?$")]
    private static partial Regex Plain();
}
