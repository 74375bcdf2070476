using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Verify;

/// <summary>
/// Asks Config before an incident is closed of which the service itself has not read that the setting is right: whoever can write into the
/// queue could say so. What was read back needs no further word, and costs no call.
/// </summary>
internal sealed class Confirmation(IConfigService config, TimeProvider clock)
{
    /// <summary>Why an event does not close an incident; null where it does.</summary>
    public async Task<Doubt?> DoubtAsync(Incident open, ComplianceChange change, CancellationToken ct)
    {
        if (open.Watched is { Until: var until } && until > clock.GetUtcNow())
        {
            return new($"alarms are watched after its change until {until:u}, and Config is asked then", MayPass: false);
        }

        if (open.State is IncidentState.Fixed)
        {
            return null;
        }

        var evaluation = await config.EvaluationAsync(open.Resource, open.Region, open.Rule, ct);
        return evaluation switch
        {
            // Config holds nothing of what is deleted or out of scope.
            null when change.Compliance is Compliance.NotApplicable => null,
            { Compliance: not Compliance.NonCompliant } => null,
            { RecordedAt: var at } when at > change.RecordedAt => new($"Config found it non-compliant again, at {at:u}", MayPass: false),
            _ => new($"Config does not say itself that the resource of incident {open.Id} is {change.Compliance}", MayPass: true),
        };
    }
}
