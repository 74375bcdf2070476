using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Change;

/// <summary>Says before the first change of a resource who else says what it is to be.</summary>
internal sealed class Ownership(ITags tags)
{
    private const string AccountType = "AWS::::Account";

    /// <summary>The same plan with its owner, or a person's to agree to where the policy has one asked.</summary>
    public async Task<Planning> FindAsync(Incident incident, ChangeOrder order, Planning planning, CancellationToken ct)
    {
        if (planning.Proposal is not { } proposed || await OwnerAsync(incident, order, proposed.Tags ?? order.Tags, ct) is not { } owner)
        {
            return planning;
        }

        var owned = planning.With(owner);
        return order.Owned is OwnedHandling.Ask or OwnedHandling.RevertStack && owned is Planning.Ready ready
            ? new Planning.Guarded(owner.Reason, owner.Says, ready)
            : owned;
    }

    /// <summary>
    /// Where an owner makes a difference, what cannot be read is a fault. Elsewhere it is only said, and costs one call at most: none where
    /// the plan or the policy had the tags read already.
    /// </summary>
    private async Task<ResourceOwner?> OwnerAsync(
        Incident incident, ChangeOrder order, ImmutableDictionary<string, string>? known, CancellationToken ct)
    {
        if (known is not null)
        {
            return Owner.Of(known);
        }

        var (resource, matters) = (
            incident.Resource with
            {
                Region = incident.Region,
            },
            order.Owned is OwnedHandling.Ask or OwnedHandling.RevertStack);
        if (resource.Type is AccountType || !(matters || tags.IsOneCall(resource)))
        {
            return null;
        }

        try
        {
            return Owner.Of(await tags.ReadAsync(resource, ct));
        }
        catch (AwsException) when (!matters)
        {
            return null;
        }
    }
}
