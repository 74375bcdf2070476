using System.Text.Json;

namespace Remediator.Aws.Endpoints;

/// <summary>
/// Reads the rules of a service as written by <c>tools/trim_endpoint_rules.py</c>: each distinct condition and rule once,
/// referred to by its index, children before parents.
/// </summary>
internal sealed class RuleSetReader
{
    private readonly Dictionary<string, int> slots = new(StringComparer.Ordinal);
    private readonly Condition[] conditions;
    private readonly Rule[] rules;
    private readonly RuleSet ruleSet;

    private RuleSetReader(JsonElement root)
    {
        var parameters = root.GetProperty("parameters").EnumerateObject().Select(Parameter).ToArray();
        conditions = root.GetProperty("conditions").Map(Condition);
        rules = new Rule[root.GetProperty("rules").GetArrayLength()];
        var next = 0;
        foreach (var rule in root.GetProperty("rules").EnumerateArray())
        {
            rules[next++] = Rule(rule);
        }

        ruleSet = new RuleSet(root.Text("service"), root.Text("signingName"), parameters, Rules(root.GetProperty("root")), slots.Count);
    }

    internal static RuleSet Read(JsonDocument document) => new RuleSetReader(document.RootElement).ruleSet;

    private ParameterDefinition Parameter(JsonProperty property)
    {
        _ = Slot(property.Name);
        var (spec, hasDefault) = (property.Value, property.Value.TryGetProperty("default", out var value));
        return new(property.Name, spec.Text("type"), spec.TryGetProperty("required", out _), hasDefault ? Constant(value) : null);
    }

    private Condition Condition(JsonElement condition) =>
        new(Expression(condition), condition.TryGetProperty("assign", out var name) ? Slot(name.Text()) : null);

    private Rule[] Rules(JsonElement indices) => indices.Map(index => rules[index.GetInt32()]);

    private Rule Rule(JsonElement rule)
    {
        Condition[] required = rule.TryGetProperty("if", out var indices) ? indices.Map(index => conditions[index.GetInt32()]) : [];
        if (rule.TryGetProperty("rules", out var children))
        {
            return new Rule.Tree(required, Rules(children));
        }

        return rule.TryGetProperty("error", out var reason)
            ? new Rule.Error(required, Expression(reason))
            : new Rule.Endpoint(required, Endpoint(rule));
    }

    private EndpointTemplate Endpoint(JsonElement rule) => new(
        Expression(rule.GetProperty("url")),
        rule.TryGetProperty("authSchemes", out var schemes) ? schemes.Map(Scheme) : [],
        Lists(rule, "headers"),
        Lists(rule, "properties"));

    private AuthSchemeTemplate Scheme(JsonElement scheme) => new(
        scheme.Text("name"),
        scheme.TryGetProperty("signingName", out var name) ? Expression(name) : null,
        scheme.TryGetProperty("signingRegion", out var region) ? Expression(region) : null,
        scheme.TryGetProperty("signingRegionSet", out var regions) ? regions.Map(Expression) : null,
        scheme.TryGetProperty("disableDoubleEncoding", out var once) && once.GetBoolean());

    private KeyValuePair<string, Expression[]>[] Lists(JsonElement rule, string name) => rule.TryGetProperty(name, out var lists)
        ? [.. lists.EnumerateObject().Select(list => KeyValuePair.Create(list.Name, list.Value.Map(Expression)))]
        : [];

    private Expression Expression(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return TemplateReader.Read(value.Text(), Reference);
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return new Expression.Literal(Constant(value));
        }

        return value.TryGetProperty("ref", out var name) ? Reference(name.Text()) : Call(value.Text("fn"), value.GetProperty("argv"));
    }

    private Expression Call(string function, JsonElement arguments) => function == "getAttr"
        ? new Expression.Attribute(Expression(arguments[0]), new AttributePath(arguments[1].Text()))
        : new Expression.Call(Functions.Named(function), arguments.Map(Expression));

    private Expression Reference(string name) => new Expression.Reference(Slot(name));

    private int Slot(string name)
    {
        if (!slots.TryGetValue(name, out var slot))
        {
            slots[name] = slot = slots.Count;
        }

        return slot;
    }

    private static object Constant(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => Flag.True,
        JsonValueKind.False => Flag.False,
        JsonValueKind.Number => value.GetInt32(),
        _ => value.Text(),
    };
}
