using System.Collections.Immutable;
using Remediator.Aws.Permissions;

namespace Remediator.Authoring.Permissions;

/// <summary>A statement of an IAM policy.</summary>
internal sealed record Statement(string Resource, bool Changes, PermissionCondition? Condition, ImmutableArray<string> Actions)
{
    /// <summary>Groups permissions into statements by resource, reads and writes separately.</summary>
    public static ImmutableArray<Statement> Of(IEnumerable<Permission> permissions) =>
        [
            .. permissions
                .GroupBy(p => (p.Changes, p.Resource, p.Condition))
                .Select(g => new Statement(
                    g.Key.Resource, g.Key.Changes, g.Key.Condition, [.. g.Select(p => p.Action).Distinct().Order(StringComparer.Ordinal)]))
                .OrderBy(s => s.Changes)
                .ThenBy(s => s.Resource, StringComparer.Ordinal)
                .ThenBy(s => s.Condition?.Value, StringComparer.Ordinal),
        ];

    /// <summary>Its length as IAM counts it: compact JSON.</summary>
    public int Size => Frame + Actions.Sum(SizeOf);

    /// <summary>Its length without any action.</summary>
    public int Frame => """{"Sid":"Writes99","Effect":"Allow","Action":[],"Resource":""},""".Length + Resource.Length
        + (Condition is { } c ? $$$""","Condition":{"{{{c.Operator}}}":{"{{{c.Key}}}":"{{{c.Value}}}"}}""".Length : 0);

    public static int SizeOf(string action) => action.Length + 3;
}
