using System.Collections.Immutable;
using Remediator.Decide;
using YamlDotNet.RepresentationModel;

namespace Remediator.Playbooks;

/// <summary>Guides are written in the language of playbooks, with <c>next</c> in place of a setting.</summary>
internal sealed partial class PlaybookReader
{
    public static readonly ImmutableArray<string> GuideWords = ["rules", "resource", "resolve", "evidence", "next"];

    public static readonly ImmutableArray<string> GuideStepWords = ["do", "run", "when", "for-each"];

    /// <summary>The answer to a question has a name where later questions and the steps use it.</summary>
    private static readonly string[] NotOfGuide = [.. NotOfEvidence.Except(["as"])];

    /// <exception cref="InvalidFileException">The text has problems; the exception names them all.</exception>
    public static Guide ReadGuide(string name, string file, string text)
    {
        var (guide, problems) = TryReadGuide(name, file, text);
        return problems is [] && guide is not null ? guide : throw new InvalidFileException(problems);
    }

    public static (Guide? Guide, IReadOnlyList<Problem> Problems) TryReadGuide(string name, string file, string text)
    {
        var reader = new PlaybookReader(file);
        var guide = reader._yaml.Load(text) is { } root ? reader.ReadGuide(name, root, text) : null;
        return (guide, reader._yaml.Problems);
    }

    private Guide ReadGuide(string name, YamlMappingNode root, string text)
    {
        var map = _yaml.Map(root, [.. GuideWords]);
        var reads = new Playbook
        {
            Name = name,
            Summary = "",
            Rules = Several(map, "rules"),
            Resources = Several(map, "resource"),
            Impact = Impact.Unknown,
            Names = ReadNames(map["resolve"]),
            Resolve = ReadNamedQueries(map["resolve"]),
            Evidence = map.Each("evidence", ReadQuestion),
            Steps = [],
            Manual = "",
            Source = text,
        };
        if (!map.Has("evidence") || !map.Has("next"))
        {
            _yaml.Add("PB004", map.At, $"'{(map.Has("evidence") ? "next" : "evidence")}' is missing");
        }

        return new(reads, map.Each("next", ReadGuideStep));
    }

    private EvidenceQuery ReadQuestion(YamlNode node)
    {
        var map = _yaml.Map(node, ["show", .. QueryWords.Except(NotOfGuide)]);
        return new(map.Required("show"), ReadQuery(node, map));
    }

    private GuideStep ReadGuideStep(YamlNode node)
    {
        var map = _yaml.Map(node, [.. GuideStepWords]);
        map.Required("do");
        return new(
            map["do"] is { } sentence ? _yaml.Template(sentence, "do") : Template.Empty,
            map["run"] is { } command ? new(_yaml.Template(command, "run")) : null)
        {
            When = map.Expression("when"),
            ForEach = map.Expression("for-each"),
        };
    }
}
