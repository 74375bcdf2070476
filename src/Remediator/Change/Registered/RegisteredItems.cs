using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Change.Recorded;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.Change.Registered;

/// <summary>
/// What a rollback through Cloud Control takes from the items: whether they have CloudFormation's shape, and the identifier.
/// </summary>
internal static class RegisteredItems
{
    /// <summary>Why these items cannot be put back through Cloud Control; null where they can.</summary>
    public static Planning.Refused? Objection(RegisteredType type, Drift drift)
    {
        if (new[] { drift.Good, drift.Bad, drift.Latest }.FirstOrDefault(item => !IsInShape(type, item)) is { } other)
        {
            return new(
                Reason.Unsupported,
                $"AWS Config did not record {type.Name} in CloudFormation's shape in item {other.Name}, so it cannot be put back "
                + "through Cloud Control."
            );
        }

        if (IdentifierOf(type, drift.Latest) is null)
        {
            return new(
                Reason.Unsupported,
                $"Item {drift.Latest.Name} does not say what Cloud Control calls the resource ({string.Join(", ", type.Identifier)}).");
        }

        return Model.Fixed(type, Configuration(drift.Good), Configuration(drift.Bad)).ToArray() is { Length: > 0 } fixedOnes
            ? new(
                Reason.Unsupported,
                $"{Sentences.PathList(fixedOnes)} can only be set when a resource is created: what AWS Config recorded as good is not "
                + "reached by an update."
            )
            : null;
    }

    /// <summary>The scope with what the calls of Cloud Control need beside.</summary>
    /// <exception cref="NotConfiguredException">The role is another account's.</exception>
    public static Scope With(Scope scope, RegisteredType type, Drift drift, string? role)
    {
        var named = scope.WithMember("resource", RegisteredPlaybook.Identifier, Json.Text(IdentifierOf(type, drift.Latest) ?? ""));
        return role is null ? named : named.WithMember("params", RegisteredPlaybook.Role, Json.Text(ArnOf(role, scope["account"])));
    }

    /// <summary>What an item records, as far as an update may write it.</summary>
    public static RecordedValues Writable(RegisteredType type, RecordedValues recorded) =>
        new(Model.Writable(type, recorded.Good), Model.Writable(type, recorded.Bad), Model.Writable(type, recorded.Latest));

    /// <summary>Why a person is to look at a change before it is made, although it can be made.</summary>
    public static string? Caveat(RegisteredType type, JsonElement live, StepPlan plan)
    {
        var changed = Difference
            .Between(plan.Before, plan.After, StateComparer.Exact)
            .Where(d => d.Old.IsNull() || d.New.IsNull())
            .SelectMany(d =>
                type.Stays.Where(path => Touches(string.Join('/', d.Path), path)).Select(path => (Path: path, IsRemoval: d.New.IsNull())))
            .ToList();
        ImmutableArray<string> says =
        [
            .. Sentence(changed.Where(c => c.IsRemoval).Select(c => c.Path), at =>
                $"The provider of {type.ControlName} ignores that {at} is taken away: this may have no effect."),
            .. Sentence(changed.Where(c => !c.IsRemoval).Select(c => c.Path), at =>
                $"The way back is not exact: the provider of {type.ControlName} ignores that {at} is taken away again."),
            .. Sentence(Model.Unknown(type, live), at => $"Whether {at} is set cannot be read: an update would lose it."),
        ];
        return says.IsEmpty ? null : string.Join(' ', says);
    }

    private static IEnumerable<string> Sentence(IEnumerable<string> paths, Func<string, string> say) =>
        paths.Distinct().ToArray() is { Length: > 0 } at ? [say(Sentences.PathList(at))] : [];

    private static bool Touches(string changed, string path) => changed == path
        || changed.StartsWith($"{path}/", StringComparison.Ordinal) || path.StartsWith($"{changed}/", StringComparison.Ordinal);

    /// <summary>Members under CloudFormation's names, and more of them than others.</summary>
    public static bool IsInShape(RegisteredType type, ConfigurationItem item)
    {
        var configuration = Configuration(item);
        var names = configuration.IsObject() ? configuration.EnumerateObject().Select(m => m.Name).ToList() : [];
        var known = names.Count(type.Properties.Contains);
        return known * 2 > names.Count;
    }

    private static JsonElement Configuration(ConfigurationItem item) => item.Document.GetProperty("configuration");

    /// <summary>
    /// The parts of the primary identifier. Where it is one part that the configuration lacks, the item's own name stands for it: its ARN
    /// for an ARN, else its id.
    /// </summary>
    private static string? IdentifierOf(RegisteredType type, ConfigurationItem item)
    {
        var parts = type.Identifier.Select(path => Text(Model.At(Configuration(item), path))).ToArray();
        return !parts.Contains(null) ? string.Join('|', parts)
            : type.Identifier is not [var only] ? null
            : only.EndsWith("Arn", StringComparison.Ordinal) ? NotEmpty(item.Document.TextOf("arn"))
            : NotEmpty(item.Document.TextOf("resourceId"));
    }

    private static string? Text(JsonElement part) =>
        part.ValueKind is JsonValueKind.String or JsonValueKind.Number ? NotEmpty(part.ToString()) : null;

    private static string? NotEmpty(string? text) => text is { Length: > 0 } ? text : null;

    /// <summary>A name is a role of the resource's own account.</summary>
    private static string ArnOf(string role, JsonElement account)
    {
        var id = account.TextOf("id");
        return !role.StartsWith("arn:", StringComparison.Ordinal) ? $"arn:{account.TextOf("partition")}:iam::{id}:role/{role}"
            : role.Split(':')[4] == id ? role
            : throw new NotConfiguredException(
                $"The policy's rollback.role {role} is not of the account {id} of the resource: give its name, and have a role of "
                + "that name in each account."
            );
    }
}
