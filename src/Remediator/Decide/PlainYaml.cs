using System.Text.RegularExpressions;
using Remediator.Playbooks;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Remediator.Decide;

/// <summary>
/// The plain part of YAML: one document of mappings, lists and scalars, of bounded depth and size. Anchors, aliases and merge keys are
/// resolved; tags are refused, and so is a scalar that readers of YAML 1.1 and 1.2 take for different things.
/// </summary>
internal static partial class PlainYaml
{
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

            if (Build(yaml, new(yaml, file, new Parser(new StringReader(text)))) is not { } root)
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

    private static YamlMappingNode? Build(YamlReader yaml, PlainEvents events)
    {
        try
        {
            return yaml.Load(events);
        }
        catch (NotPlainException)
        {
            // The problem is noted; what follows may have more.
            events.Finish();
            return null;
        }
    }

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
