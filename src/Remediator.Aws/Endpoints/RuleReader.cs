using System.Text.Json;

namespace Remediator.Aws.Endpoints;

/// <summary>Reads one condition or rule of a service.</summary>
/// <param name="slots">The place of each parameter and of each name that a condition assigns.</param>
internal sealed class RuleReader(Dictionary<string, int> slots)
{
    internal Condition Condition(JsonElement condition) =>
        new(Expression(condition), condition.TryGetProperty("assign", out var name) ? slots[name.Text()] : null);

    internal Rule Rule(JsonElement rule)
    {
        var conditions = Indices(rule, "if");
        if (rule.TryGetProperty("rules", out _))
        {
            return new Rule.Tree(conditions, Indices(rule, "rules"));
        }

        return rule.TryGetProperty("error", out var reason)
            ? new Rule.Error(conditions, Expression(reason))
            : new Rule.Endpoint(conditions, Endpoint(rule));
    }

    private static int[] Indices(JsonElement rule, string name) =>
        rule.TryGetProperty(name, out var indices) ? indices.Map(index => index.GetInt32()) : [];

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
            return new Expression.Literal(value.Constant());
        }

        return value.TryGetProperty("ref", out var name) ? Reference(name.Text()) : Call(value.Text("fn"), value.GetProperty("argv"));
    }

    private Expression Call(string function, JsonElement arguments) => function == "getAttr"
        ? new Expression.Attribute(Expression(arguments[0]), new AttributePath(arguments[1].Text()))
        : new Expression.Call(Functions.Named(function), arguments.Map(Expression));

    private Expression Reference(string name) => new Expression.Reference(slots[name]);
}
