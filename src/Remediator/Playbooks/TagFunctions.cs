using Remediator.JmesPath;

namespace Remediator.Playbooks;

/// <summary>The requirements of the Config rules about tags.</summary>
internal static class TagFunctions
{
    /// <summary>
    /// The tags that a resource lacks: (rule parameters, the resource's tags, values by key) → tags to set. REQUIRED_TAGS names keys
    /// and their allowed values. The rules …_TAGGED name keys, or none; with none any tag is enough, and a resource without tags gets
    /// all given values. AWS's own tags do not count.
    /// </summary>
    public static JmesPathValue RequiredTags(JmesPathCall call)
    {
        if (Text(call[0], "tag1Key") is null && Split(Text(call[0], "requiredKeyTags")) is [])
        {
            return HasOwnTag(call[1]) ? JmesPathValue.FromProperties([]) : AnyTags(call);
        }

        return JmesPathValue.FromProperties(
            from wanted in Wanted(call[0])
            where !(Tag(call[1], wanted.Key) is { } current && (wanted.Allowed is [] || wanted.Allowed.Contains(current)))
            select KeyValuePair.Create(wanted.Key, Value(call, wanted.Key, wanted.Allowed)));
    }

    private static IEnumerable<(string Key, string[] Allowed)> Wanted(JmesPathValue rule) =>
    [
        .. from n in Enumerable.Range(1, 6)
           let key = Text(rule, $"tag{n}Key")
           where key is not null
           select (key, Split(Text(rule, $"tag{n}Value"))),
        .. Split(Text(rule, "requiredKeyTags")).Select(key => (key, (string[])[])),
    ];

    private static JmesPathValue Value(JmesPathCall call, string key, string[] allowed) => Text(call[2], key) switch
    {
        null => throw call.Invalid(2, $"no value is known for the required tag '{key}': give it in the policy under params.tags"),
        var value when allowed is not [] && !allowed.Contains(value) => throw call.Invalid(
            2, $"the rule takes {string.Join(", ", allowed)} for the tag '{key}', and the policy says '{value}' under params.tags"),
        var value => JmesPathValue.From(value),
    };

    private static JmesPathValue AnyTags(JmesPathCall call) => call[2].IsNull || !call[2].Properties().Any()
        ? throw call.Invalid(2, "the rule asks for a tag, whichever it is: give one in the policy under params.tags")
        : call[2];

    private static bool HasOwnTag(JmesPathValue tags) =>
        !tags.IsNull && tags.Properties().Any(tag => !tag.Key.StartsWith("aws:", StringComparison.Ordinal));

    private static string[] Split(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>A tag's value; a tag without a value still counts.</summary>
    private static string? Tag(JmesPathValue tags, string key) =>
        tags.IsNull || tags.Property(key) is not { Type: JmesPathTypes.String } value ? null : value.AsString();

    private static string? Text(JmesPathValue of, string name)
    {
        var member = of.IsNull ? default : of.Properties().FirstOrDefault(p => p.Key == name).Value;
        return member.Type is JmesPathTypes.String && member.AsString() is { Length: > 0 } text ? text : null;
    }
}
