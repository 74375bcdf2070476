using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Authoring.Checks;
using Remediator.Authoring.Permissions;
using Remediator.Aws.Models;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>The permissions that are derived from a playbook, as a policy in the emulator's words.</summary>
/// <remarks>
/// An operation is allowed where every action that AWS asks for it is granted, whether the playbook names that operation or not. It is
/// allowed on what is derived where the emulator sees the resource of a call: buckets and queues. Of all other services it
/// checks the action alone, for which only <c>*</c> is right; <see cref="Scopes"/> holds those limits against ARNs. It knows no
/// condition of a role's policy: what is derived with one (a role to pass, a key to use through a service) is no operation of its own.
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
        // The emulator has one name for several operations of S3: what is refused must not come back under another's.
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
