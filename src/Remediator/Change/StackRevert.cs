using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>
/// Hands what a stack owns back to its template, in place of the change that was planned. A person is asked in any case: it is the stack
/// that is changed.
/// </summary>
internal sealed class StackRevert(IAwsAccounts accounts)
{
    private const string StackType = "AWS::CloudFormation::Stack";

    public async Task<Planning> InsteadAsync(Incident incident, ChangeOrder order, Planning planning, CancellationToken ct)
    {
        if (order.StackDrift is not { } playbook
            || planning.Proposal is not { Owner: { LogicalId: { } id, Kind: ResourceOwner.Stack } owner } planned)
        {
            return planning;
        }

        var stack = incident with
        {
            Origin = incident.Origin with
            {
                Resource = new(incident.Resource.Account, incident.Region, StackType, owner.StackId ?? owner.Name),
            },
        };
        var parameters = Json.Object([new("logicalId", Json.Text(id))]);
        var scope = PlanningScope.OfRollback(stack, playbook, order.Rule, parameters);
        return await Planner.PlanAsync(playbook, scope, DeclaredCalls.Of(accounts, incident, playbook), ct) switch
        {
            { Proposal: { } ready } => new Planning.Guarded(
                owner.Reason,
                $"{owner.Says} This hands it back to the stack's template.",
                ready with
                {
                    Owner = owner,
                }),
            Planning.AlreadyRight => new Planning.Guarded(
                owner.Reason,
                $"{owner.Says} The stack does not see it drifted: its template says what is there, and has to be changed.",
                planned),
            Planning.Refused(_, var why) => new Planning.Guarded(
                owner.Reason, $"{owner.Says} It cannot be handed back to the template: {why}", planned),
            Planning.Gone(var why) => new Planning.Guarded(owner.Reason, $"{owner.Says} The stack cannot be read: {why}", planned),
            var other => throw new InvalidOperationException($"Planning cannot end as {other}."),
        };
    }

    /// <summary>A change set is carried out only once a person agreed, whatever the policy lets happen unasked.</summary>
    public static Planning Asked(Planning planning) =>
        planning is Planning.Ready ready && ready.Steps.Any(s => s.Calls.Any(c => c.Source.IsChangeSet))
            ? new Planning.Guarded(Reason.ApprovalNeeded, "A change set of CloudFormation is carried out only once a person agreed.", ready)
            : planning;
}
