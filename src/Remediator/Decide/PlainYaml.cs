using System.Text.RegularExpressions;
using Remediator.Playbooks;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Remediator.Decide;

/// <summary>
/// The plain part of YAML: one document of mappings, lists and scalars, of bounded depth and size. Anchors, aliases and merge keys are
/// resolved; tags are refused, and so is a scalar that readers of YAML 1.1 and 1.2 take for different things.
/// </summary>
internal static partial class PlainYaml
{
    private const int MostDepth = 32;

    public enum Kind
    {
        Text,

        /// <summary>Nothing, or null.</summary>
        Empty,
        Boolean,
        Number,

        /// <summary>Text to some readers, a number or a boolean to others: yes, 0777, 1_000, 12:30.</summary>
        Ambiguous,
    }

    /// <summary>The root of the document; null where it is not plain, and the problems say why.</summary>
    public static YamlMappingNode? Load(YamlReader yaml, string file, string text)
    {
        try
        {
            var before = yaml.Problems.Count;
            if (Unprintable().Match(text) is { Success: true } odd)
            {
                yaml.Add("PB001", PlaceOf(file, text, odd.Index), $"the character U+{(int)text[odd.Index]:X4} does not belong into YAML");
                return null;
            }

            Scan(yaml, file, new(new StringReader(text)));
            if (yaml.Problems.Count > before || yaml.Load(text) is not { } root)
            {
                return null;
            }

            MergeKeys.Resolve(yaml, root);
            return yaml.Problems.Count > before ? null : root;
        }
        catch (YamlException e)
        {
            yaml.Add("PB001", Place(file, e.Start), $"not YAML: {e.Message}");
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The parser gives up on some broken texts without a word about where.
            yaml.Add("PB001", new(file, 1, 1), $"not YAML: {e.Message}");
            return null;
        }
    }

    public static Kind KindOf(YamlScalarNode node) => node switch
    {
        { Style: not ScalarStyle.Plain } => Kind.Text,
        { Value: null or "" or "~" or "null" or "Null" or "NULL" } => Kind.Empty,
        { Value: "true" or "false" } => Kind.Boolean,
        { Value: { } text } when JsonNumber().IsMatch(text) => Kind.Number,
        { Value: { } text } when OtherNumber().IsMatch(text) || OtherBoolean().IsMatch(text) => Kind.Ambiguous,
        _ => Kind.Text,
    };

    private static void Scan(YamlReader yaml, string file, Parser parser)
    {
        var (documents, anchors) = (0, new HashSet<string>(StringComparer.Ordinal));
        var within = new Stack<string>();
        while (parser.MoveNext())
        {
            var happened = parser.Current!;
            if (happened is AnchorAlias { Value: var name } && within.Contains(name.Value))
            {
                yaml.Add("PB001", Place(file, happened.Start), $"the anchor '&{name.Value}' is used within itself");
            }

            if (happened is MappingStart or SequenceStart)
            {
                within.Push(happened is NodeEvent { Anchor: { IsEmpty: false } own } ? own.Value : "");
            }
            else if (happened is MappingEnd or SequenceEnd)
            {
                within.Pop();
            }

            if (Fault(happened, documents += happened is DocumentStart ? 1 : 0, anchors) is { } fault)
            {
                yaml.Add("PB001", Place(file, happened.Start), fault);
            }

            if (within.Count > MostDepth)
            {
                yaml.Add("PB001", Place(file, happened.Start), $"this is nested deeper than {MostDepth} levels");
                return;
            }
        }
    }

    private static string? Fault(ParsingEvent happened, int documents, HashSet<string> anchors) => happened switch
    {
        DocumentStart when documents > 1 => "a policy is one document: a second one begins here",
        AnchorAlias alias when !anchors.Contains(alias.Value.Value) =>
            $"there is no anchor '&{alias.Value.Value}' above this line{Nearest.Hint(alias.Value.Value, [.. anchors])}",
        Scalar { IsKey: true, Anchor.IsEmpty: false } => "an anchor stands before a value, not before a word",
        NodeEvent { Anchor: { IsEmpty: false } anchor } when !anchors.Add(anchor.Value) =>
            $"the anchor '&{anchor.Value}' stands twice: which of the two is meant would hang on the line",
        NodeEvent { Tag.IsEmpty: false } => "YAML tags (words with '!') are not taken here: write the value without",
        _ => null,
    };

    private static Place PlaceOf(string file, string text, int index) =>
        new(file, text.AsSpan(..index).Count('\n') + 1, index - text.LastIndexOf('\n', Math.Max(0, index - 1)));

    private static Place Place(string file, Mark at) => new(file, (int)at.Line, (int)at.Column);

    // Control characters, line ends that only some know, and halves of a pair.
    [GeneratedRegex(
        @"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|"
        + @"(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]"
    )]
    private static partial Regex Unprintable();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$")]
    private static partial Regex JsonNumber();

    [GeneratedRegex(
        @"^[-+]?([0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|\.[0-9][0-9_]*([eE][-+]?[0-9]+)?|0[xX][0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|"
        + @"[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|\.(inf|Inf|INF|nan|NaN|NAN))$"
    )]
    private static partial Regex OtherNumber();

    [GeneratedRegex("^(y|n|yes|no|on|off|true|false)$", RegexOptions.IgnoreCase)]
    private static partial Regex OtherBoolean();
}
