using System.Text.Json;
using System.Text.RegularExpressions;

namespace Remediator.Tests.Authoring.Checks;

/// <summary>Validates a value against those JSON Schema keywords that playbooks/schema.json uses; an unknown keyword throws.</summary>
internal sealed class SchemaRules(JsonElement root)
{
    public IEnumerable<string> Check(JsonElement value) => Check(value, root, "");

    private IEnumerable<string> Check(JsonElement value, JsonElement schema, string at) =>
        schema.EnumerateObject().SelectMany(rule => Rule(value, schema, rule, at));

    private IEnumerable<string> Rule(JsonElement value, JsonElement schema, JsonProperty rule, string at) =>
        rule.Name switch
        {
            "$schema" or "title" or "description" or "definitions" => [],
            "$ref" => Check(value, Definition(rule.Value.GetString()!), at),
            "type" => Types(rule.Value).Contains(TypeOf(value)) ? [] : [$"{at}: {TypeOf(value)}, not {rule.Value}"],
            "enum" => rule.Value.EnumerateArray().Any(e => e.ToString() == value.ToString()) ? [] : [$"{at}: not one of {rule.Value}"],
            "pattern" => Regex.IsMatch(value.ToString(), rule.Value.GetString()!) ? [] : [$"{at}: '{value}' does not match {rule.Value}"],
            "anyOf" => rule.Value.EnumerateArray().Any(any => !Check(value, any, at).Any())
                ? []
                : [$"{at}: fits none of several forms: {value}"],
            "required" => rule.Value.EnumerateArray().Where(n => !Has(value, n.GetString()!)).Select(n => $"{at}: '{n}' is missing"),
            "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.Value.GetInt32() ? [] : [$"{at}: empty"],
            "maxItems" => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= rule.Value.GetInt32()
                ? []
                : [$"{at}: no list, or too long a one"],
            "items" => value.ValueKind == JsonValueKind.Array
                ? value.EnumerateArray().SelectMany(i => Check(i, rule.Value, at + "[]"))
                : [],
            "properties" => Members(value)
                .Where(m => rule.Value.TryGetProperty(m.Name, out _))
                .SelectMany(m => Check(m.Value, rule.Value.GetProperty(m.Name), $"{at}.{m.Name}")),
            "additionalProperties" => Members(value)
                .Where(m => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(m.Name, out _))
                .SelectMany(m =>
                    rule.Value.ValueKind == JsonValueKind.False
                        ? [$"{at}: unknown '{m.Name}'"]
                        : Check(m.Value, rule.Value, $"{at}.{m.Name}")),
            _ => throw new NotSupportedException(rule.Name),
        };

    private JsonElement Definition(string reference) => root.GetProperty("definitions").GetProperty(reference["#/definitions/".Length..]);

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static JsonElement.ObjectEnumerator Members(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default;

    private static bool Has(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out _);

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
