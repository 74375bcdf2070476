using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Remediator.Aws;
using Remediator.JmesPath;
using Remediator.Values;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Remediator.Playbooks;

/// <summary>Reads YAML that people write: records every problem with its position, and continues.</summary>
internal sealed class YamlReader(string file)
{
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The document's root mapping; null, with a problem, if there is none.</summary>
    public YamlMappingNode? Load(string text) => Load(new Parser(new StringReader(text)));

    public YamlMappingNode? Load(IParser parser)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return root;
            }

            Add("PB001", new(file, 1, 1), "expected one YAML document that is a mapping");
        }
        catch (YamlException e)
        {
            Add("PB001", new(file, (int)e.Start.Line, (int)e.Start.Column), $"not YAML: {e.Message}");
        }

        return null;
    }

    /// <summary>Reads YAML that is part of the program.</summary>
    public static YamlNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents[0].RootNode;
    }

    public void Add(string code, Place at, string message) => _problems.Add(new(code, at, message));

    public Place At(YamlNode node) => new(file, (int)node.Start.Line, (int)node.Start.Column);

    /// <summary>The mapping's entries by key; an unknown key is a problem.</summary>
    public YamlMapping Map(YamlNode node, params ReadOnlySpan<string> known)
    {
        var entries = new YamlMapping(this, At(node));
        if (node is not YamlMappingNode mapping)
        {
            Add("PB002", At(node), "expected a mapping");
            return entries;
        }

        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!known.IsEmpty && !known.Contains(name))
            {
                Add("PB003", At(key), $"unknown word '{name}'{Nearest.Hint(name, known)}");
            }

            entries.Add(name, value);
        }

        return entries;
    }

    public static ImmutableArray<YamlNode> List(YamlNode node) => node is YamlSequenceNode list ? [.. list.Children] : [node];

    public string Text(YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } text })
        {
            return text;
        }

        Add("PB002", At(node), "expected text");
        return "";
    }

    /// <summary>A duration such as 90s, 15m, 6h or 2d.</summary>
    public TimeSpan Duration(YamlNode node)
    {
        var text = Text(node);
        if (text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            switch (text[^1])
            {
                case 's': return TimeSpan.FromSeconds(count);
                case 'm': return TimeSpan.FromMinutes(count);
                case 'h': return TimeSpan.FromHours(count);
                case 'd': return TimeSpan.FromDays(count);
                default: break;
            }
        }

        Add("PB002", At(node), $"'{text}' is not a duration; write 90s, 15m, 6h or 2d");
        return TimeSpan.Zero;
    }

    /// <param name="node">The node to read.</param>
    /// <param name="word">The keyword that it belongs to: named if the expression cannot be evaluated.</param>
    public Expression? Expression(YamlNode node, string word = "")
    {
        var text = Text(node);
        return Guarded(node, text, () => Playbooks.Expression.Parse(text, At(node), word));
    }

    /// <param name="node">The node to read.</param>
    /// <param name="word">The keyword or member that it belongs to: named if the template cannot be evaluated.</param>
    public Template Template(YamlNode node, string word = "") => node switch
    {
        YamlMappingNode map =>
            new Template.Members([.. map.Children.Select(c => (Template(c.Key, word), Template(c.Value, Name(c.Key, word))))], At(node)),
        YamlSequenceNode list => new Template.Items([.. list.Children.Select(item => Template(item, word))], At(node)),
        YamlScalarNode { Value: { } text } when text.Contains("${", StringComparison.Ordinal) =>
            Guarded(node, text, () => WithPlaceholders(text, At(node)) with { Word = word })
            ?? new Template.Literal(Json.Null, At(node)),
        YamlScalarNode scalar => new Template.Literal(Scalar(scalar), At(node)),
        _ => new Template.Literal(Json.Null, At(node)),
    };

    /// <summary>The value of a plain scalar by YAML's core schema; a quoted scalar is text.</summary>
    public static JsonElement Scalar(YamlScalarNode node) => node switch
    {
        { Style: not ScalarStyle.Plain } => Json.Text(node.Value ?? ""),
        { Value: null or "" or "null" or "~" } => Json.Null,
        { Value: "true" or "false" } => Json.Parse(node.Value),
        { Value: { } text } when IsNumber(text) => Json.Parse(text),
        _ => Json.Text(node.Value),
    };

    private static Template WithPlaceholders(string text, Place at) => TextPart.Split(text) switch
    {
        [TextPart.Placeholder whole] => new Template.Computed(whole.Expression, at),
        [TextPart.Plain plain] => new Template.Literal(Json.Text(plain.Text), at),
        var parts => new Template.Text(parts, at),
    };

    private static string Name(YamlNode key, string otherwise) => (key as YamlScalarNode)?.Value ?? otherwise;

    private static bool IsNumber(string text) =>
        text.TrimStart('-') is [>= '0' and <= '9', ..] digits && !(digits is ['0', >= '0' and <= '9', ..])
        && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private T? Guarded<T>(YamlNode node, string text, Func<T> parse)
        where T : class
    {
        try
        {
            return parse();
        }
        catch (JmesPathException e)
        {
            Add("PB010", At(node), $"'{text}' is not an expression: {e.Message}");
            return null;
        }
    }
}
