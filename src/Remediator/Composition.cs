using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Rules;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Verify;

namespace Remediator;

/// <summary>What the service stands on: the outside world behind its seams.</summary>
internal sealed record Foundation(IAwsAccounts Accounts, IJournal Journal, IPublisher Publisher, IConfigService Config, ITags Tags, TimeProvider Clock, ILoggerFactory Logs);

/// <summary>Puts the service together: the whole graph, by hand, on one screen.</summary>
internal sealed class Composition
{
    public Composition(Foundation on, Policy policy, PlaybookLibrary playbooks, EscalationTopics topics)
    {
        var limits = new Limits(policy.Budgets);
        var decider = new Decider(policy, playbooks, on.Config, on.Tags, on.Clock);
        var claimer = new Claimer(on.Journal, on.Clock);
        var verifier = new Verifier(on.Clock);
        var escalator = new Escalator(on.Publisher, topics, on.Clock, on.Logs.CreateLogger<Escalator>());
        var endings = new Endings(on.Journal, claimer, escalator, verifier, on.Accounts, limits, on.Clock);
        Pipeline = new(decider, claimer, verifier, endings, on.Accounts, on.Logs.CreateLogger<Pipeline>());
        Sweeper = new(on.Journal, claimer, decider, Pipeline, endings, escalator, on.Config, limits, on.Clock, on.Logs.CreateLogger<Sweeper>());
        Operator = new(on.Journal, claimer, decider, Pipeline, endings);
    }

    public Pipeline Pipeline { get; }

    public Sweeper Sweeper { get; }

    public Operator Operator { get; }
}
