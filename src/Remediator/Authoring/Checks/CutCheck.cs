using System.Text.RegularExpressions;
using Remediator.Authoring.Data;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Finds names that are split off at a separator that the name itself may contain.</summary>
internal static partial class CutCheck
{
    private const string Remedy = "cuts at a separator that the name may hold: use resource.name, resource.parts, or after(text, marker)";

    public static IEnumerable<Problem> Of(CheckedPlaybook playbook)
    {
        var names = Names(playbook.Playbook);
        return PlacedExpressions.Of(playbook)
            .Where(e => IsCut(e.Expression.Text, names, playbook.Playbook.Resources))
            .Select(e => new Problem("PB103", e.At, $"'{e.Expression.Text}' {Remedy}"));
    }

    /// <summary>Where the resource's name may be: in the event, in the results of calls, and in names made of these.</summary>
    private static HashSet<string> Names(Playbook playbook)
    {
        HashSet<string> names = ["id", "arn", "name", "parts", .. playbook.Resolve.Select(q => q.Name)];
        foreach (var name in playbook.Names)
        {
            if (name.Value.Expressions().Any(e => e.Expression.Paths.SelectMany(CallNames.Name).Any(names.Contains)))
            {
                names.Add(name.Name);
            }
        }

        return names;
    }

    private static bool IsCut(string text, HashSet<string> names, IReadOnlyCollection<string> types) => Cut().Matches(text).Any(cut =>
    {
        var (argument, separator, after) = Arguments(text, cut.Index + cut.Length);
        return (Name().Matches(argument).Any(m => names.Contains(m.Groups[1].Value)) || Last().IsMatch(after))
            && !types.All(type => NameSeparators.Lacks(type, separator));
    });

    /// <summary>The first argument of a function, the text of its second, and what follows the call.</summary>
    private static (string First, string Separator, string After) Arguments(string text, int start)
    {
        var (depth, comma) = (0, -1);
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\'' or '"' or '`':
                    i = text.IndexOf(text[i], i + 1) is var end and >= 0 ? end : text.Length;
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ',' when depth is 0 && comma < 0:
                    comma = i;
                    break;
                case ')' when depth is 0:
                    var separator = comma < 0 ? "" : text[(comma + 1)..i].Split(',')[0].Trim().Trim('\'');
                    return (text[start..(comma < 0 ? i : comma)], separator, text[(i + 1)..]);
                case ')' or ']' or '}':
                    depth--;
                    break;
                default:
                    break;
            }
        }

        return (text[start..], "", "");
    }

    [GeneratedRegex(@"\b(?:split|replace)\(")]
    private static partial Regex Cut();

    [GeneratedRegex(@"\bresource\.(\w+)")]
    private static partial Regex Name();

    // The last part: [-1], | [-1], or the first part in reverse order.
    [GeneratedRegex(@"^[\s)|@]*\[\s*-")]
    private static partial Regex Last();
}
