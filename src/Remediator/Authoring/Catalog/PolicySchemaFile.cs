using System.Globalization;
using System.Text;
using System.Text.Json;
using Remediator.Decide;

namespace Remediator.Authoring.Catalog;

/// <summary>The JSON Schema of the policy, for completion in editors: generated from the same schema that the reader uses.</summary>
internal static class PolicySchemaFile
{
    public const string Name = "policy.schema.json";

    // The depth to which the values under 'params' are described; the reader checks all depths.
    private const int ParameterDepth = 2;

    public static string Render()
    {
        using var stream = new MemoryStream();
        using (
            var w = new Utf8JsonWriter(
                stream, new()
                {
                    Indented = true,
                    Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                    NewLine = "\n",
                }))
        {
            w.WriteStartObject();
            w.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            w.WriteString("title", "Remediator's policy");
            Mapping(w, PolicySchema.Root);
            w.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Members(Utf8JsonWriter w, Shape shape)
    {
        switch (shape)
        {
            case Shape.Mapping mapping:
                Mapping(w, mapping);
                break;
            case Shape.PercentOr other:
                Either(w, () => Members(w, new Shape.Percent()), () => Mapping(w, other.Words));
                break;
            case Shape.List list:
                List(w, list);
                break;
            case Shape.Table table:
                w.WriteString("type", "object");
                w.WriteNumber("minProperties", 1);
                Names(w, table.Key?.Pattern);
                Under(w, "additionalProperties", table.Value);
                break;
            case Shape.Parameters:
                w.WriteString("type", "object");
                Names(w);
                Parameter(w, "additionalProperties", ParameterDepth);
                break;
            default:
                Scalar(w, shape);
                break;
        }
    }

    private static void Scalar(Utf8JsonWriter w, Shape shape)
    {
        switch (shape)
        {
            case Shape.OneOf one:
                Enum(w, one.Values);
                break;
            case Shape.Region:
                Either(w, () => Enum(w, Regions.All), () => Pattern(w, "[*?]"));
                break;
            case Shape.Number number:
                Whole(w, number.Least, number.Most);
                break;
            case Shape.Flag:
                w.WriteString("type"u8, "boolean");
                break;
            case Shape.Percent:
                Either(w, () => Whole(w, 0, 100), () => Pattern(w, PolicySchema.PercentPattern));
                break;
            case Shape.Duration duration:
                Pattern(w, duration.MayBeZero ? PolicySchema.DurationPattern : PolicySchema.PositiveDurationPattern);
                break;
            case Shape.Time:
                Pattern(w, PolicySchema.TimePattern);
                break;
            case Shape.Text { Pattern: { } pattern }:
                Pattern(w, pattern);
                break;
            case Shape.Text:
                w.WriteString("type", "string");
                w.WriteNumber("minLength", 1);
                break;
            default:
                throw new InvalidOperationException($"No schema for {shape}.");
        }
    }

    private static void Mapping(Utf8JsonWriter w, Shape.Mapping shape)
    {
        w.WriteString("type", "object");
        w.WriteBoolean("additionalProperties", false);
        if (shape.Least > 0)
        {
            w.WriteNumber("minProperties", shape.Least);
        }

        if (shape.Words.Any(word => word.IsRequired))
        {
            w.WriteStartArray("required");
            foreach (var word in shape.Words.Where(word => word.IsRequired))
            {
                w.WriteStringValue(word.Name);
            }

            w.WriteEndArray();
        }

        w.WriteStartObject("properties");
        foreach (var word in shape.Words)
        {
            w.WriteStartObject(word.Name);
            w.WriteString(
                "description",
                word.Default is { } value ? string.Create(CultureInfo.InvariantCulture, $"{word.Meaning} Default: {value}.") : word.Meaning
            );
            Members(w, word.Shape);
            w.WriteEndObject();
        }

        w.WriteEndObject();
    }

    private static void List(Utf8JsonWriter w, Shape.List shape)
    {
        void Items()
        {
            w.WriteString("type", "array");
            w.WriteNumber("minItems", 1);
            Under(w, "items", shape.Item);
        }

        if (shape.MayBeOne)
        {
            Either(w, () => Members(w, shape.Item), Items);
        }
        else
        {
            Items();
        }
    }

    /// <summary>A value that is not empty, and holds no expression except the account.</summary>
    private static void Parameter(Utf8JsonWriter w, string name, int depth)
    {
        w.WriteStartObject(name);
        w.WriteStartArray("type");
        foreach (var type in (ReadOnlySpan<string>)["boolean", "number", "string", "array", "object"])
        {
            w.WriteStringValue(type);
        }

        w.WriteEndArray();
        w.WriteString("pattern", AccountText.Pattern);
        w.WriteNumber("minItems", 1);
        w.WriteNumber("minProperties", 1);
        if (depth > 0)
        {
            Parameter(w, "items", depth - 1);
            Parameter(w, "additionalProperties", depth - 1);
        }

        w.WriteEndObject();
    }

    private static void Under(Utf8JsonWriter w, string name, Shape shape)
    {
        w.WriteStartObject(name);
        Members(w, shape);
        w.WriteEndObject();
    }

    private static void Either(Utf8JsonWriter w, params ReadOnlySpan<Action> ways)
    {
        w.WriteStartArray("anyOf");
        foreach (var way in ways)
        {
            w.WriteStartObject();
            way();
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void Names(Utf8JsonWriter w, string? pattern = null)
    {
        w.WriteStartObject("propertyNames");
        if (pattern is not null)
        {
            w.WriteString("pattern", pattern);
        }

        w.WriteNumber("minLength", 1);
        w.WriteEndObject();
    }

    private static void Whole(Utf8JsonWriter w, int least, int most)
    {
        w.WriteString("type", "integer");
        w.WriteNumber("minimum", least);
        w.WriteNumber("maximum", most);
    }

    private static void Pattern(Utf8JsonWriter w, string pattern)
    {
        w.WriteString("type", "string");
        w.WriteString("pattern", pattern);
    }

    private static void Enum(Utf8JsonWriter w, IEnumerable<string> values)
    {
        w.WriteStartArray("enum");
        foreach (var value in values)
        {
            w.WriteStringValue(value);
        }

        w.WriteEndArray();
    }
}
