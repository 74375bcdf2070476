using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Guard;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Sweep;
using Remediator.Verify;

namespace Remediator;

/// <summary>What the service stands on: the outside world behind its seams.</summary>
internal sealed record Foundation(IAwsAccounts Accounts, IJournal Journal, IPublisher Publisher, IConfigService Config, ITags Tags, TimeProvider Clock, ILoggerFactory Logs)
{
    /// <summary>Null where nobody looks for a backlog.</summary>
    public BacklogSources? Backlog { get; init; }

    /// <summary>What is the service's own, and not for its playbooks to change.</summary>
    public OwnResources Own { get; init; } = OwnResources.None;
}

/// <summary>Puts the service together: the whole graph, by hand, on one screen.</summary>
internal sealed class Composition
{
    public Composition(Foundation on, Policy policy, PlaybookLibrary playbooks, EscalationTopics topics)
    {
        var limits = Limits.Of(policy);
        var decider = new Decider(policy, playbooks, on.Config, on.Tags, on.Clock, on.Own);
        var claimer = new Claimer(on.Journal, on.Clock);
        var verifier = new Verifier(on.Clock);
        var escalator = new Escalator(on.Publisher, topics, on.Journal, limits, on.Clock, on.Logs.CreateLogger<Escalator>());
        var guards = new Guardrails(limits, new Breaker(on.Journal, escalator, limits, on.Clock), new Attribution(on.Accounts, on.Tags));
        var endings = new Endings(on.Journal, claimer, escalator, verifier, on.Accounts, guards, on.Clock);
        Pipeline = new(decider, claimer, verifier, endings, on.Accounts, on.Logs.CreateLogger<Pipeline>());
        var openIncidents = new OpenIncidents(claimer, decider, Pipeline, endings, escalator, on.Config, limits, on.Clock);
        var storms = new NoticeSummaries(on.Journal, escalator, limits, on.Clock);
        var backlog = on.Backlog is { } sources ? new Backlog(sources, policy, playbooks, on.Journal, Pipeline, on.Clock, on.Logs.CreateLogger<Backlog>()) : null;
        Sweeper = new(on.Journal, openIncidents, storms, backlog, on.Clock, on.Logs.CreateLogger<Sweeper>());
        Operator = new(on.Journal, claimer, decider, Pipeline, endings, limits, on.Clock);
    }

    public Pipeline Pipeline { get; }

    public Sweeper Sweeper { get; }

    public Operator Operator { get; }
}
