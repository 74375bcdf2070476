using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Remediator.Aws;
using Remediator.Aws.Permissions;
using Remediator.Incidents;
using Remediator.Playbooks;
using CallSite = Remediator.Playbooks.CallSite;

namespace Remediator.Change.Sessions;

/// <summary>
/// The credentials that an incident's change is made with: the account's role, in a session that bears the incident's id and the name of
/// the person who agreed, and that reaches no further than the calls that the journal has.
/// </summary>
internal static partial class ChangeSession
{
    private static readonly FrozenSet<string> TooLarge =
        FrozenSet.Create(StringComparer.Ordinal, "PackedPolicyTooLarge", "PackedPolicyTooLargeException");

    /// <summary>Whether an operation of a playbook changes something, so that it is called in such a session.</summary>
    public static HashSet<string> Operations(Playbook playbook) =>
    [
        .. CallSite.Of(playbook).Where(s => s.Changes).Select(s => s.Call.Operation),
        .. CallSite.Of(playbook).SelectMany(s => s.Call.Further).Where(o => o is ChangeSet.Execute or ChangeSet.Delete),
    ];

    /// <summary>Enters the account for the change that the incident has, or for its undo. Nothing is changed by that.</summary>
    /// <exception cref="AwsException">The role may not be assumed so.</exception>
    public static async Task<Entered> EnterAsync(IAwsAccounts accounts, Incident incident, Playbook playbook, CancellationToken ct)
    {
        var (account, region) = (incident.Resource.Account, incident.Region);
        if (accounts.CredentialsIn(account) is AccountCredentials.Own)
        {
            return new(accounts.For(account, region), Reach.Own);
        }

        foreach (var (reach, policy) in Policies(incident, playbook, accounts.CredentialsIn(account)))
        {
            try
            {
                var aws = await accounts.EnterAsync(account, region, Of(incident, policy), ct);
                return new(policy is null ? aws : new LimitedAws(aws, "its plan"), reach);
            }
            catch (AwsException e) when (policy is not null && TooLarge.Contains(e.Code))
            {
                // STS packs policies before it counts, and what fits in characters may not fit packed.
            }
        }

        throw new InvalidOperationException("The last session has no policy that could be too large.");
    }

    /// <summary>The policies that may be tried, the narrowest first; the last one is none.</summary>
    public static IEnumerable<(Reach Reach, string? Policy)> Policies(Incident incident, Playbook playbook, AccountCredentials credentials)
    {
        if (credentials is AccountCredentials.Role)
        {
            yield return (Reach.NotLimited, null);
            yield break;
        }

        var place = new CallPlace(incident.Resource.Account, incident.Region);
        if (CalledGrants.Of(Calls(incident, playbook), playbook, place) is not { IsEmpty: false } grants)
        {
            yield return (Reach.NotTold, null);
            yield break;
        }

        if (SessionPolicy.Of(grants) is { Length: <= SessionPolicy.MostCharacters } exact)
        {
            yield return (Reach.Plan, exact);
        }

        if (SessionPolicy.Wider(grants) is { Length: <= SessionPolicy.MostCharacters } wider)
        {
            yield return (Reach.Actions, wider);
        }

        yield return (Reach.TooLong, null);
    }

    /// <summary>As CloudTrail takes a name; null where nobody agreed.</summary>
    public static string? SourceIdentity(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        const int longest = 64, shortest = 2;
        var plain = NotTaken().Replace(name.Trim(), "-");
        return plain.Length > longest ? plain[..longest] : plain.PadRight(shortest, '-');
    }

    private static RoleSession Of(Incident incident, string? policy) => new(incident.Id)
    {
        Policy = policy,
        SourceIdentity = SourceIdentity(incident.AgreedBy),
    };

    /// <summary>Of a change that people agree to in parts, those of the part that is under way.</summary>
    private static ImmutableArray<PlannedCall> Calls(Incident incident, Playbook playbook) => incident switch
    {
        { State: IncidentState.Undoing, Change.UndoCalls: var undo } => undo,
        _ => [.. Parts.UnderWay(incident, playbook).SelectMany(s => s.Calls)],
    };

    [GeneratedRegex(@"[^A-Za-z0-9_+=,.@-]")]
    private static partial Regex NotTaken();
}

/// <summary>How far the credentials of a change reach.</summary>
internal enum Reach
{
    /// <summary>No role is assumed: they are those that the service has anyway.</summary>
    Own,

    /// <summary>The calls of the plan, on their resources.</summary>
    Plan,

    /// <summary>The actions of the plan's calls, on any resource.</summary>
    Actions,

    /// <summary>All that the role may do: not even the actions fit.</summary>
    TooLong,

    /// <summary>All that the role may do: what the calls need cannot be told from them.</summary>
    NotTold,

    /// <summary>All that the role may do: the deployment says so.</summary>
    NotLimited,
}

/// <summary>The way into an account for a change.</summary>
internal sealed record Entered(IAws Aws, Reach Reach)
{
    /// <summary>How far the credentials reach, for the history; empty where that says nothing.</summary>
    public string Words => Reach switch
    {
        Reach.Plan => ", with credentials for the plan's calls alone",
        Reach.Actions => ", with credentials for the plan's actions on any resource: a session policy for its resources alone is too long",
        Reach.TooLong => ", with all that the role may do: a session policy for the plan is too long",
        Reach.NotTold => ", with all that the role may do: what the plan's calls need cannot be told from them",
        Reach.NotLimited => ", with all that the role may do: SessionPolicies is off",
        _ => "",
    };
}
