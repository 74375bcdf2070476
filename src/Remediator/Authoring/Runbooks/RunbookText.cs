using System.Collections.Immutable;
using Remediator.Values;

namespace Remediator.Authoring.Runbooks;

/// <summary>The hand-written text about a reason or an alarm, for its page.</summary>
/// <param name="Name">The reason's name in notices, or the alarm's name in the template.</param>
/// <param name="Means">What it means.</param>
/// <param name="Looks">Commands, each with what it shows.</param>
/// <param name="Steps">What to do, in order.</param>
/// <param name="Heals">When it ends by itself.</param>
/// <param name="Decides">Who decides what is done.</param>
internal sealed record RunbookText(
    string Name,
    string Means,
    ImmutableArray<(string Command, string Shows)> Looks,
    ImmutableArray<string> Steps,
    string Heals,
    string Decides)
{
    private const string Section = "= ";

    public static ImmutableArray<RunbookText> All => Read(FactFile.Lines("runbooks.txt"));

    /// <exception cref="InvalidDataException">A section lacks a line, or has an unknown one.</exception>
    internal static ImmutableArray<RunbookText> Read(IEnumerable<string> lines)
    {
        var sections = new List<List<string>>();
        foreach (var line in lines)
        {
            if (line.StartsWith(Section, StringComparison.Ordinal))
            {
                sections.Add([]);
            }

            (sections is [.., var last] ? last : throw new InvalidDataException($"Before the first section: {line}")).Add(line);
        }

        return [.. sections.Select(Of)];
    }

    private static RunbookText Of(List<string> section)
    {
        var name = section[0][Section.Length..];
        var words = section.Skip(1)
            .Select(l => (Word: l.Split(' ')[0], Text: l[(l.IndexOf(' ', StringComparison.Ordinal) + 1)..]))
            .ToLookup(l => l.Word, l => l.Text, StringComparer.Ordinal);
        return words.FirstOrDefault(w => w.Key is not ("means" or "look" or "do" or "heals" or "decides")) is { } other
            ? throw new InvalidDataException($"{name}: '{other.Key}' is no word of a runbook.")
            : new(name, One("means"), [.. words["look"].Select(Look)], [.. words["do"]], One("heals"), One("decides"));

        string One(string word) => words[word].ToArray() is [var text]
            ? text
            : throw new InvalidDataException($"{name}: there must be one line '{word}'.");

        (string Command, string Shows) Look(string text) => text.Split(" :: ") is [var command, var shows]
            ? (command, shows)
            : throw new InvalidDataException($"{name}: a look is a command, ' :: ', and what it shows: {text}");
    }
}
