using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Authoring.Checks;
using Remediator.Authoring.Permissions;
using Remediator.Aws.Models;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>A playbook's derived permissions as a policy with the emulator's action names.</summary>
/// <remarks>
/// An operation is allowed if every action that AWS requires for it is granted, whether or not the playbook names that operation. The
/// derived resources apply where the emulator sees the resource of a call: buckets and queues. For all other services it checks only the
/// action and accepts only <c>*</c> as resource; <see cref="Scopes"/> compares those resources with ARNs. It does not know
/// conditions of a role's policy, so permissions with a condition (to pass a role, to use a key through a service) are not tested.
/// </remarks>
internal sealed class EmulatorPolicy(Playbook playbook)
{
    private static readonly string[] Seen = ["s3", "sqs"];

    private readonly ImmutableHashSet<string> _derived = [.. PlaybookPermissions.Of(playbook).Select(p => p.Action)];

    private readonly ImmutableArray<string> _named = [.. CallSite.Of(playbook).Select(s => s.Call.Operation).Distinct()];

    public IEnumerable<string> Derived => _derived.Order(StringComparer.Ordinal);

    /// <summary>The policy's document.</summary>
    /// <param name="without">The action that is missing; null for none.</param>
    public string Document(string? without)
    {
        var granted = Granted(without);
        var operations = _named.Select(o => o.Split(':')[0]).Distinct()
            .SelectMany(service => ModelCatalog.Operations(service).Select(name => $"{service}:{name}"));
        // The emulator has one name for several operations of S3: a denied operation must not be allowed under another's name.
        var refused = _named.Where(o => !IsAllowed(o, granted)).SelectMany(EmulatorActions.Of).ToHashSet(StringComparer.Ordinal);
        var statements =
            from operation in operations.Where(o => IsAllowed(o, granted))
            from resource in Resources(operation)
            from action in EmulatorActions.Of(operation)
            where !refused.Contains(action)
            group action by resource;
        return Json.Write(w => Write(w, statements)).GetRawText();
    }

    private ImmutableHashSet<string> Granted(string? without) => without is null ? _derived : _derived.Remove(without);

    private static bool IsAllowed(string operation, ImmutableHashSet<string> granted) =>
        Actions.Of(operation) is { IsEmpty: false } actions && actions.All(a => granted.Contains(a.Action));

    private static IEnumerable<string> Resources(string operation) => Seen.Contains(operation.Split(':')[0])
        ? Actions.Of(operation)!.Value.Select(a => a.Resource.Replace("${AWS::Partition}", "aws", StringComparison.Ordinal)).Distinct()
        : ["*"];

    private static void Write(Utf8JsonWriter w, IEnumerable<IGrouping<string, string>> statements)
    {
        w.WriteStartObject();
        w.WriteString("Version", "2012-10-17");
        w.WriteStartArray("Statement");
        foreach (var statement in statements)
        {
            w.WriteStartObject();
            w.WriteString("Effect", "Allow");
            w.WriteString("Resource", statement.Key);
            w.WriteStartArray("Action");
            foreach (var action in statement.Distinct(StringComparer.Ordinal))
            {
                w.WriteStringValue(action);
            }

            w.WriteEndArray();
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }
}
