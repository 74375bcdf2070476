using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws.Models;
using Remediator.Checks;
using Remediator.Permissions;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>The permissions that are derived from a playbook, as a policy in the emulator's words.</summary>
/// <remarks>An operation is allowed where every action that AWS asks for it is granted, whether the playbook names that operation or not.</remarks>
internal sealed class EmulatorPolicy(Playbook playbook)
{
    private readonly ImmutableHashSet<string> _derived = [.. PlaybookPermissions.Of(playbook).Select(p => p.Action)];

    private readonly ImmutableArray<string> _named = [.. Site.Of(playbook).Select(s => s.Call.Operation).Distinct()];

    public IEnumerable<string> Derived => _derived.Order(StringComparer.Ordinal);

    /// <summary>The policy's document.</summary>
    /// <param name="without">The action that is missing; null for none.</param>
    public string Document(string? without)
    {
        var granted = without is null ? _derived : _derived.Remove(without);
        var operations = _named.Select(o => o.Split(':')[0]).Distinct()
            .SelectMany(service => ModelCatalog.Operations(service).Select(name => $"{service}:{name}"));
        var allowed = operations.Where(o => IsAllowed(o, granted)).SelectMany(EmulatorActions.Of)
            // The emulator has one name for several operations of S3: what is refused must not come back under another's.
            .Except(_named.Where(o => !IsAllowed(o, granted)).SelectMany(EmulatorActions.Of))
            .Append("sts:GetCallerIdentity");
        return Json.Write(w => Write(w, allowed)).GetRawText();
    }

    private static bool IsAllowed(string operation, ImmutableHashSet<string> granted) =>
        Actions.Of(operation) is { IsEmpty: false } actions && actions.All(a => granted.Contains(a.Action));

    private static void Write(Utf8JsonWriter w, IEnumerable<string> actions)
    {
        w.WriteStartObject();
        w.WriteString("Version", "2012-10-17");
        w.WriteStartArray("Statement");
        w.WriteStartObject();
        w.WriteString("Effect", "Allow");
        w.WriteString("Resource", "*");
        w.WriteStartArray("Action");
        foreach (var action in actions)
        {
            w.WriteStringValue(action);
        }

        w.WriteEndArray();
        w.WriteEndObject();
        w.WriteEndArray();
        w.WriteEndObject();
    }
}
