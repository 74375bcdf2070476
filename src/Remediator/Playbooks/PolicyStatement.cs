using System.Collections.Immutable;
using System.Text.Json;
using Remediator.JmesPath;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>
/// A statement of a resource policy in one form, whichever of IAM's forms it is written in: a text or a list, <c>"*"</c> or
/// <c>{"AWS": "*"}</c>. <see cref="Source"/> is the statement as written.
/// </summary>
internal sealed record PolicyStatement(JsonElement Source)
{
    public bool IsAllow => Source.TextOf("Effect") is "Allow";

    public bool IsDeny => Source.TextOf("Effect") is "Deny";

    /// <summary>
    /// Whether it applies to everybody, not counting conditions. NotPrincipal in an Allow means all but some, which is everybody; in a
    /// Deny it leaves some out, so it is not everybody.
    /// </summary>
    public bool IsForEverybody => Has("NotPrincipal") ? IsAllow : Principals.Contains("*");

    /// <summary>All principals, of any kind.</summary>
    public ImmutableArray<string> Principals => Source.Member("Principal") is { ValueKind: JsonValueKind.Object } kinds
        ? [.. kinds.EnumerateObject().SelectMany(k => Texts(k.Value))]
        : Texts(Source.Member("Principal"));

    public ImmutableArray<string> Actions => Texts(Source.Member("Action"));

    public ImmutableArray<string> Resources => Texts(Source.Member("Resource"));

    public IEnumerable<PolicyCondition> Conditions => Source.Member("Condition") is { ValueKind: JsonValueKind.Object } operators
        ? from op in operators.EnumerateObject()
          where op.Value.IsObject()
          from key in op.Value.EnumerateObject()
          select new PolicyCondition(op.Name, key.Name, Texts(key.Value))
        : [];

    /// <summary>The statements of a policy, which may be a text, an object, a list of statements, or null.</summary>
    /// <exception cref="JmesPathException">It is none of these.</exception>
    public static ImmutableArray<PolicyStatement> Of(JmesPathCall call, int argument)
    {
        var value = call[argument].ToJsonElement();
        if (value.ValueKind is JsonValueKind.String)
        {
            value = value.GetString() is { Length: > 0 } text
                ? Parsed(text) ?? throw call.Invalid(argument, "the policy is not JSON")
                : Json.Null;
        }

        return Of(value) ?? throw call.Invalid(argument, "this is no policy: its statements are neither an object nor a list of objects");
    }

    /// <summary>Null if the value is not a policy.</summary>
    public static ImmutableArray<PolicyStatement>? Of(JsonElement policy) => policy switch
    {
        _ when policy.IsNull() => [],
        { ValueKind: JsonValueKind.Array } =>
            policy.EnumerateArray().All(s => s.IsObject()) ? [.. policy.EnumerateArray().Select(s => new PolicyStatement(s))] : null,
        { ValueKind: JsonValueKind.Object } when policy.Member("Effect").IsNull() => Of(policy.Member("Statement")),
        { ValueKind: JsonValueKind.Object } => [new(policy)],
        _ => null,
    };

    public bool Has(string member) => !Source.Member(member).IsNull();

    public static ImmutableArray<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(Text)],
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        _ => [Text(value)],
    };

    // IAM treats a JSON boolean and its text alike.
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.ToString(),
    };

    private static JsonElement? Parsed(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
