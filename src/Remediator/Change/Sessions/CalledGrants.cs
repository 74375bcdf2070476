using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws.Permissions;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;
using CallSite = Remediator.Playbooks.CallSite;

namespace Remediator.Change.Sessions;

/// <summary>What calls need leave for: of a plan, what its calls change; of a playbook, what it reads.</summary>
internal static class CalledGrants
{
    // CloudFormation does with the caller's rights what the properties of a resource need: which those are, nobody can derive.
    private static readonly string[] WithTheCallersRights =
        ["cloudformation:DetectStackResourceDrift", ChangeSet.Create, ChangeSet.Execute];

    /// <summary>What makes calls that are planned; null where that cannot be told from them.</summary>
    public static ImmutableArray<Grant>? Of(IEnumerable<PlannedCall> calls, Playbook playbook, CallPlace place)
    {
        var (planned, sites) = (calls.ToList(), CallSite.Of(playbook));
        return planned.Any(c => !IsTold(c.Operation))
            ? null
            : Distinct(
            [
                .. planned.SelectMany(call => Of(call, place)),
                .. sites.Where(s => s.Step?.Registered is not null && planned.Any(c => c.Operation == s.Call.Operation))
                    .Where(_ => !planned.Any(c => c.Input.TextOf("RoleArn") is not null))
                    .SelectMany(s => s.Step!.Registered!.Reads.Concat(s.Step.Registered.Updates).Select(action => Whole(action, place))),
            ]);
    }

    /// <summary>What a playbook reads, and looks at while a change is under way; null where that cannot be told from its calls.</summary>
    public static ImmutableArray<Grant>? OfReads(Playbook playbook, CallPlace place)
    {
        var sites = CallSite.Of(playbook);
        string[] operations =
        [
            .. sites.Where(s => !s.Changes).Select(s => s.Call.Operation),
            .. sites.SelectMany(s => s.Call.Further).Where(o => o is not (ChangeSet.Execute or ChangeSet.Delete)),
        ];
        return operations.Any(o => !IsTold(o))
            ? null
            : Distinct(
            [
                .. operations.SelectMany(o => Actions.Of(o)!.Value.Select(a => new Grant(a.Action, [place.Fill(a.Resource)]))),
                .. sites.SelectMany(s => s.Step?.Registered?.Reads.Select(action => Whole(action, place)) ?? []),
            ]);
    }

    private static Grant Whole(string action, CallPlace place) => new(action, [place.Fill(Actions.Scope(action))]);

    private static bool IsTold(string operation) =>
        Actions.Of(operation) is { IsEmpty: false } && !WithTheCallersRights.Contains(operation, StringComparer.Ordinal);

    private static IEnumerable<Grant> Of(PlannedCall call, CallPlace place)
    {
        var service = call.Operation.Split(':')[0];
        return
        [
            .. Own(call, place),
            .. Roles(call, place).Select(role => Granted(HandedOver.Pass(call.Operation, role), place)),
            .. Members(call.Input).Where(m => !m.Value.IsNull() && HandedOver.IsKey(call.Operation, m.Name)).Take(1)
                .SelectMany(_ => HandedOver.Use(service, key: null).Select(p => Granted(p, place))),
        ];
    }

    private static IEnumerable<Grant> Own(PlannedCall call, CallPlace place) =>
        call.Operation == Runbook.Start && call.Input.TextOf("DocumentName") is { } document
            ? [new(Runbook.Start, [.. Runbook.Resources(document).Select(place.Fill)])]
            : Actions.Of(call.Operation)!.Value.Select(
                a => new Grant(a.Action, CalledResources.Of(a.Action, a.Resource, call.Operation, call.Input, place)));

    /// <summary>The roles that an input hands over: by their ARNs, or any where a member is for one and holds none.</summary>
    private static IEnumerable<string> Roles(PlannedCall call, CallPlace place) => Members(call.Input)
        .Where(m => !m.Value.IsNull() && HandedOver.IsRole(Feedback(call, m.Name)))
        .SelectMany(m => Texts(m.Value).Where(IsRoleArn).ToArray() is [_, ..] arns ? arns : [place.Fill(Actions.Scope("iam:PassRole"))])
        .Distinct(StringComparer.Ordinal);

    /// <summary>A topic's attributes have their names beside their values: those that hold roles are for the logs of deliveries.</summary>
    private static string Feedback(PlannedCall call, string member) =>
        call.Operation is "sns:SetTopicAttributes" && member is "AttributeValue" ? call.Input.TextOf("AttributeName") ?? "" : member;

    private static bool IsRoleArn(string text) => text.Split(':') is ["arn", _, "iam", _, _, var name]
        && name.StartsWith("role/", StringComparison.Ordinal) && name.AsSpan().IndexOfAny('*', '?', '$') < 0;

    private static Grant Granted(Permission permission, CallPlace place) => new(
        permission.Action,
        [place.Fill(permission.Resource)],
        permission.Condition is { } when ? when with { Value = place.Fill(when.Value) } : null);

    /// <summary>Every member of an input, however deep.</summary>
    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.Object => input.EnumerateObject().SelectMany(m => Members(m.Value).Prepend((m.Name, m.Value))),
        JsonValueKind.Array => input.EnumerateArray().SelectMany(Members),
        _ => [],
    };

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(m => Texts(m.Value)),
        _ => [],
    };

    /// <summary>What one call may do on a resource and another on a second is one grant.</summary>
    private static ImmutableArray<Grant> Distinct(IEnumerable<Grant> grants) =>
    [
        .. grants.GroupBy(g => (g.Action, g.Condition))
            .Select(g => new Grant(
                g.Key.Action, [.. g.SelectMany(x => x.Resources).Distinct().Order(StringComparer.Ordinal)], g.Key.Condition))
            .OrderBy(g => g.Action, StringComparer.Ordinal)
            .ThenBy(g => g.Condition?.Value, StringComparer.Ordinal),
    ];
}
