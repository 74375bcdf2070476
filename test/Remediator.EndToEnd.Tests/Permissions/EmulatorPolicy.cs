using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Authoring.Checks;
using Remediator.Authoring.Permissions;
using Remediator.Aws;
using Remediator.Aws.Permissions;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>A playbook's derived permissions as a policy with the emulator's action names.</summary>
/// <remarks>
/// An operation that the playbook names is allowed if every action that AWS requires for it is granted. The derived resources apply where
/// the emulator sees the resource of a call: buckets and queues. For all other services it checks only the action and accepts only
/// <c>*</c> as resource; <see cref="Scopes"/> compares those resources with ARNs. It does not know conditions of a role's policy, so
/// permissions with a condition (to pass a role, to use a key through a service) are not tested.
/// </remarks>
internal sealed class EmulatorPolicy
{
    private const string Recorded = "config:GetResourceConfigHistory";

    /// <summary>The role of an account may ask this whatever the policy of the deployment; a fix by a playbook does not.</summary>
    private const string WhoChangedIt = "cloudtrail:LookupEvents";

    private static readonly string[] Seen = ["s3", "sqs"];

    /// <summary>Rolls everything back.</summary>
    private static readonly Policy RollingBack = Policy.Default with
    {
        Defaults = new(Match.All) { Mode = Mode.Auto, To = [Aim.LastCompliant] },
    };

    private readonly ImmutableHashSet<string> _derived;
    private readonly ImmutableArray<string> _named;

    private EmulatorPolicy(Playbook playbook, IEnumerable<Permission> permissions, params string[] own)
    {
        var (sites, granted) = (CallSite.Of(playbook), permissions.ToList());
        _derived = [.. granted.Select(p => p.Action)];
        _named = [.. sites.SelectMany(s => s.Call.Further.Prepend(s.Call.Operation)).Concat(own).Distinct()];
        var shown = sites.Where(s => s.Part is Part.Evidence).SelectMany(ActionsOf)
            .Except(sites.Where(s => s.Part is not Part.Evidence).SelectMany(ActionsOf));
        Provable = _derived.Except(granted.Where(p => p.Condition is not null).Select(p => p.Action)).Except(shown);
    }

    /// <summary>All derived actions.</summary>
    public ImmutableHashSet<string> Derived => _derived;

    /// <summary>
    /// The derived actions that a case can need here: neither those with a condition, nor those with which is read what people are shown.
    /// </summary>
    public ImmutableHashSet<string> Provable { get; }

    /// <summary>For a fix by the playbook.</summary>
    public static EmulatorPolicy OfFix(Playbook playbook) => new(playbook, PlaybookPermissions.Of(playbook));

    /// <summary>For a rollback by the playbook: what a deployment has whose policy rolls back.</summary>
    public static EmulatorPolicy OfRollback(Playbook playbook) => new(
        playbook,
        [.. PlaybookPermissions.Of([playbook], new(RollingBack)), new(WhoChangedIt, "*", Changes: false)],
        Recorded,
        WhoChangedIt);

    /// <summary>For a rollback through Cloud Control, which the policy lets use a role.</summary>
    public static EmulatorPolicy OfRegistered(RegisteredType type, RollbackPolicy rollback) => new(
        RegisteredPlaybook.Of(type),
        [
            .. PlaybookPermissions.Of([], new(RollingBack with { Rollback = rollback })),
            new(WhoChangedIt, "*", Changes: false),
        ],
        Recorded,
        WhoChangedIt);

    /// <summary>The policy's document.</summary>
    /// <param name="without">The action that is missing; null for none.</param>
    public string Document(string? without)
    {
        var granted = Granted(without);
        // The emulator has one name for several operations of S3: a denied operation must not be allowed under another's name.
        var refused = _named.Where(o => !IsAllowed(o, granted)).SelectMany(EmulatorActions.Of).ToHashSet(StringComparer.Ordinal);
        var statements =
            from operation in _named.Where(o => IsAllowed(o, granted))
            from resource in Resources(operation)
            from action in EmulatorActions.Of(operation)
            where !refused.Contains(action)
            group action by resource;
        return Json.Write(w => Write(w, statements)).GetRawText();
    }

    private ImmutableHashSet<string> Granted(string? without) => without is null ? _derived : _derived.Remove(without);

    private static IEnumerable<string> ActionsOf(CallSite site) => (Actions.Of(site.Call.Operation) ?? []).Select(a => a.Action);

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
