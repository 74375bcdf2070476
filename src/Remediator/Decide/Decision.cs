using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Decide;

/// <summary>What is to be done about a non-compliant resource.</summary>
internal abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Nothing, and nobody has to know.</summary>
    internal sealed record Skip(string Why) : Decision;

    /// <summary>Nothing can be done by the service: a person has to.</summary>
    internal sealed record Refuse(Reason Reason, string Why, DateTimeOffset? Until = null) : Decision;

    internal sealed record Act(Playbook Playbook, PolicyEntry Policy, ConfigRule Rule) : Decision
    {
        /// <summary>Destinations, keys and identities that only the rule names may be used, and so may its values of tags.</summary>
        public bool TrustsRule { get; init; }

        public DeployedRule Deployed => new(Rule.SourceIdentifier, Rule.InputParameters, TrustsRule);

        public Mode Mode => Policy.Mode ?? Mode.Observe;

        /// <summary>What the policy says, as the incident keeps it.</summary>
        public Terms Terms => new()
        {
            Mode = Mode,
            RuleIdentifier = Rule.SourceIdentifier,
            Playbook = Playbook.Name,
            Owner = Policy.Owner ?? "",
            Environment = Policy.Environment ?? "",
            Severity = SeverityNames.Of(Policy.Severity),
            ConfirmWithin = Policy.ConfirmWithin,
        };
    }
}
