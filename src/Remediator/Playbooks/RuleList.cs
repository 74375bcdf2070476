using System.Collections.Immutable;
using Remediator.JmesPath;

namespace Remediator.Playbooks;

/// <summary>
/// A comma-separated list in a rule's parameter. A resource may be listed by name, id or ARN: two ARNs match only if they are
/// equal; a name or id matches an ARN whose resource part it is.
/// </summary>
internal static class RuleList
{
    public static ImmutableArray<string> Of(string? text) =>
        text is null ? [] : [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Whether a list contains a value.</summary>
    public static bool Names(ImmutableArray<string> list, string value) => list.Any(item => Same(item, value));

    /// <summary><c>allows(list, value)</c>: true if there is a value, and the list contains it or is not given.</summary>
    public static JmesPathValue Allows(JmesPathCall call)
    {
        var list = Of(call[0].IsNull ? null : call[0].AsString());
        return JmesPathValue.From(!call[1].IsNull && call[1].AsString() is { Length: > 0 } value && (list.IsEmpty || Names(list, value)));
    }

    private static bool Same(string a, string b) => (IsArn(a), IsArn(b)) switch
    {
        (true, false) => NamesOf(a).Contains(b),
        (false, true) => NamesOf(b).Contains(a),
        _ => Trimmed(a) == Trimmed(b),
    };

    private static bool IsArn(string text) => text.StartsWith("arn:", StringComparison.Ordinal);

    // CloudWatch Logs writes a log group's ARN with or without ":*" at the end.
    private static string Trimmed(string arn) => arn.EndsWith(":*", StringComparison.Ordinal) ? arn[..^2] : arn;

    /// <summary>The names of an ARN's resource: with its type, without it, and the id at the end of a path.</summary>
    private static IEnumerable<string> NamesOf(string arn)
    {
        var resource = Trimmed(arn).Split(':', 6) is [_, _, _, _, _, var last] ? last : "";
        var name = resource.IndexOfAny([':', '/']) is var at and > 0 ? resource[(at + 1)..] : resource;
        yield return resource;
        yield return name;
        if (name.Split('/')[^1] is var id && Guid.TryParse(id, out _))
        {
            yield return id;
        }
    }
}
