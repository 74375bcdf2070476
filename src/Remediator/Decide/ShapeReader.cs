using System.Globalization;
using System.Text.RegularExpressions;
using Remediator.Playbooks;
using YamlDotNet.RepresentationModel;

namespace Remediator.Decide;

/// <summary>
/// Reads YAML by a shape. Whatever the shape does not have (a word, a kind of value, an empty list) is a problem with its place; where
/// there is one, the value that is given back means nothing.
/// </summary>
internal sealed partial class ShapeReader(YamlReader yaml)
{
    private const string DurationExample = "write 90s, 15m, 6h or 2d (999d at most)";

    public PolicyWords Read(YamlNode node, Shape.Mapping shape) => Mapping(node, shape);

    private object Value(YamlNode node, Shape shape) => shape switch
    {
        Shape.Mapping mapping => Mapping(node, mapping),
        Shape.List list => List(node, list),
        Shape.Table table => Table(node, table),
        Shape.Parameters => new ParameterReader(yaml).Read(node),
        Shape.Number number => Number(node, number),
        Shape.Flag => Flag(node),
        Shape.Percent => Percent(node),
        Shape.PercentOr other => node is YamlMappingNode ? Mapping(node, other.Words) : Percent(node),
        Shape.Duration duration => Duration(node, duration),
        Shape.Time => Time(node),
        Shape.Region => Region(node),
        Shape.OneOf one => Scalar(node, one.What) is { } text ? OneOf(node, text, one) : "",
        Shape.Text text => Text(node, text),
        var other => throw new InvalidOperationException($"No way to read {other}."),
    };

    private PolicyWords Mapping(YamlNode node, Shape.Mapping shape)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in Entries(node, shape.Name))
        {
            if (shape.Find(key.Name) is { } word)
            {
                values[key.Name] = Value(value, word.Shape);
            }
            else
            {
                var names = shape.Words.Select(w => w.Name).ToArray();
                yaml.Add(
                    "PB003",
                    key.At,
                    $"unknown word '{key.Name}' in {shape.Name}{Nearest.Hint(key.Name, names)}; it takes {string.Join(", ", names)}");
            }
        }

        if (node is YamlMappingNode { Children.Count: var count } && count < shape.Least)
        {
            yaml.Add(
                "PO003", yaml.At(node), $"'{shape.Name}' is empty: it would be about everything; say what it is about, or leave it out");
        }

        Missing(node, shape, values);
        var said = values.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var word in shape.Words.Where(w => w.Default is not null && !values.ContainsKey(w.Name)))
        {
            values[word.Name] = Value(YamlReader.Parse(word.Default!), word.Shape);
        }

        return new(yaml.At(node), values, said);
    }

    private void Missing(YamlNode node, Shape.Mapping shape, Dictionary<string, object> values)
    {
        foreach (var word in shape.Words.Where(w => w.IsRequired && node is YamlMappingNode && !values.ContainsKey(w.Name)))
        {
            yaml.Add(
                word.Name is "match" ? "PO004" : "PB004",
                yaml.At(node),
                word.Name is "match"
                    ? $"'match' is missing: {shape.Name} would be about everything; what counts for everything is said in the "
                        + "defaults ('mode: observe' leaves all alone)"
                    : $"'{word.Name}' is missing in {shape.Name}");
        }
    }

    private List<object> List(YamlNode node, Shape.List shape)
    {
        if (node is not YamlSequenceNode list)
        {
            if (shape.MayBeOne)
            {
                return [Value(node, shape.Item)];
            }

            yaml.Add("PB002", yaml.At(node), "expected a list: each item on a line of its own, begun with '-'");
            return [];
        }

        if (list.Children is [])
        {
            yaml.Add("PO003", yaml.At(node), "an empty list: leave the word out, or say what it is about");
        }

        return [.. list.Children.Select(item => Value(item, shape.Item))];
    }

    private Dictionary<string, object> Table(YamlNode node, Shape.Table shape)
    {
        var entries = Entries(node, shape.What).ToList();
        if (entries is [] && node is YamlMappingNode)
        {
            yaml.Add("PO003", yaml.At(node), $"no {shape.What}: leave the word out, or write KEY: VALUE");
        }

        foreach (var (name, at) in entries.Select(e => e.Key).Where(k => shape.Key?.IsRight(k.Name) is false))
        {
            yaml.Add("PO002", at, $"'{name}' is not {shape.Key!.What}: {shape.Key.Write}");
        }

        return entries.DistinctBy(e => e.Key.Name).ToDictionary(e => e.Key.Name, e => Value(e.Value, shape.Value), StringComparer.Ordinal);
    }

    private List<((string Name, Place At) Key, YamlNode Value)> Entries(YamlNode node, string what)
    {
        var entries = new List<((string, Place), YamlNode)>();
        if (node is not YamlMappingNode mapping)
        {
            yaml.Add("PB002", yaml.At(node), $"expected {what} as a mapping: WORD: VALUE");
            return entries;
        }

        foreach (var (key, value) in mapping.Children)
        {
            if (Scalar(key, "a word") is { } name)
            {
                entries.Add(((name, yaml.At(key)), value));
            }
        }

        return entries;
    }

    private int Number(YamlNode node, Shape.Number shape)
    {
        if (node is YamlScalarNode { Value: { } text } scalar && PlainYaml.KindOf(scalar) is PlainYaml.Kind.Number
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= shape.Least
                && number <= shape.Most)
        {
            return number;
        }

        return Wrong<int>(node, $"a whole number from {shape.Least} to {shape.Most}", "write it without quotes");
    }

    private bool Flag(YamlNode node) => node is YamlScalarNode { Value: "true" or "false" } scalar
        && PlainYaml.KindOf(scalar) is PlainYaml.Kind.Boolean
        ? scalar.Value is "true"
        : Wrong<bool>(node, "a switch", "write true or false");

    private int Percent(YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } text } scalar
            && (PercentForm().IsMatch(text) || PlainYaml.KindOf(scalar) is PlainYaml.Kind.Number)
            && int.TryParse(text.EndsWith('%') ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number <= 100)
        {
            return number;
        }

        return Wrong<int>(node, "a whole number from 0 to 100", "write 25% or 25");
    }

    private TimeSpan Duration(YamlNode node, Shape.Duration shape)
    {
        if (node is YamlScalarNode { Value: { } text } && (shape.MayBeZero ? DurationForm() : PositiveDurationForm()).IsMatch(text))
        {
            var count = int.Parse(text.AsSpan(..^1), CultureInfo.InvariantCulture);
            return text[^1] switch
            {
                's' => TimeSpan.FromSeconds(count),
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                _ => TimeSpan.FromDays(count),
            };
        }

        return Wrong<TimeSpan>(node, shape.MayBeZero ? "a duration" : "a duration above zero", DurationExample);
    }

    private DateTimeOffset Time(YamlNode node) =>
        node is YamlScalarNode { Value: { } text } && TimeForm().IsMatch(text)
        && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : Wrong<DateTimeOffset>(node, "a time", "write 2027-01-31 or 2027-01-31T18:00:00Z");

    private string Region(YamlNode node)
    {
        if (Scalar(node, "a region") is { } text && !Regions.All.Any(r => Wildcard.Like(text, r)))
        {
            yaml.Add("PO017", yaml.At(node), $"AWS has no region '{text}'{Nearest.Hint(text, [.. Regions.All])}");
        }

        return (node as YamlScalarNode)?.Value ?? "";
    }

    private string OneOf(YamlNode node, string text, Shape.OneOf shape)
    {
        if (!shape.Values.Contains(text))
        {
            var values = shape.Values.Length > 12 ? "" : $"; one of {string.Join(", ", shape.Values)}";
            yaml.Add("PO002", yaml.At(node), $"'{text}' is not {shape.What}{values}{Nearest.Hint(text, [.. shape.Values])}");
        }

        return text;
    }

    private string Text(YamlNode node, Shape.Text shape)
    {
        if (Scalar(node, shape.What) is not { } text)
        {
            return "";
        }

        if (!shape.IsRight(text))
        {
            yaml.Add("PO002", yaml.At(node), $"'{text}' is not {shape.What}: {shape.Write}");
        }

        return text;
    }

    /// <summary>The text of a scalar that every reader of YAML takes for text; null, with the problem noted, for any other node.</summary>
    private string? Scalar(YamlNode node, string what)
    {
        if (node is not YamlScalarNode { Value: var text } scalar)
        {
            yaml.Add("PB002", yaml.At(node), $"expected {what}, not a {(node is YamlSequenceNode ? "list" : "mapping")}");
            return null;
        }

        switch (PlainYaml.KindOf(scalar))
        {
            case PlainYaml.Kind.Empty:
                yaml.Add("PO003", yaml.At(node), $"{what} is missing here: a word without a value means nothing");
                return null;
            case PlainYaml.Kind.Text when text is "":
                yaml.Add("PO003", yaml.At(node), $"empty text is not {what}");
                return null;
            case PlainYaml.Kind.Text:
                return text;
            default:
                yaml.Add("PO005", yaml.At(node), $"YAML may take {text} for a number or for true or false: put it in quotes, '{text}'");
                return null;
        }
    }

    private T Wrong<T>(YamlNode node, string what, string write)
        where T : struct
    {
        var found = node switch
        {
            YamlScalarNode scalar when PlainYaml.KindOf(scalar) is PlainYaml.Kind.Empty => null,
            YamlScalarNode { Value: { } text } => $"'{text}'",
            YamlSequenceNode => "a list",
            _ => "a mapping",
        };
        yaml.Add(
            found is null ? "PO003" : "PO002",
            yaml.At(node),
            found is null ? $"{what} is missing here: {write}" : $"{found} is not {what}; {write}");
        return default;
    }

    [GeneratedRegex(PolicySchema.PercentPattern)]
    private static partial Regex PercentForm();

    [GeneratedRegex(PolicySchema.DurationPattern)]
    private static partial Regex DurationForm();

    [GeneratedRegex(PolicySchema.PositiveDurationPattern)]
    private static partial Regex PositiveDurationForm();

    [GeneratedRegex(PolicySchema.TimePattern)]
    private static partial Regex TimeForm();
}
