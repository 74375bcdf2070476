using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Remediator.Authoring.Checks;
using Remediator.Aws;
using Remediator.Aws.Transport;
using Remediator.Decide;
using Remediator.Function.Handlers;
using Remediator.Function.Logging;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Sweep;

namespace Remediator.Function;

/// <summary>The object graph of each handler.</summary>
internal static class HandlerComposition
{
    /// <exception cref="InvalidFileException">The policy has problems: nothing may be done under it.</exception>
    public static IHandler Compose(Settings settings, Telemetry telemetry, Outside outside)
    {
        var playbooks = new PlaybookLibrary(settings.Service.PlaybookFolder);
        var policy = PolicyFile.Read(settings.Service.PolicyFile, playbooks);
        var foundation = AwsFoundation.Of(settings.Service, outside.Environment, outside.Clock, telemetry.Logs, Http(settings.Handler));
        var service = new Composition(
            foundation, policy, playbooks, new(settings.Service.EscalationTopicArn, settings.Service.EventsTopicArn));
        return settings.Handler switch
        {
            HandlerKind.Remediate => new Remediate(
                new RecordProcessor(
                    service.Pipeline,
                    service.DueIncidents,
                    telemetry.Metrics,
                    outside.Clock,
                    telemetry.Logs.CreateLogger<RecordProcessor>()),
                BatchLimits.Default,
                telemetry,
                outside.Clock),
            HandlerKind.Sweep => new Handlers.Sweep(service.Sweeper, telemetry.Metrics),
            HandlerKind.Operate => new Handlers.Operate(service.Operator, Inspector(settings.Service, foundation, policy)),
            var other => throw new UnreachableException($"{other}"),
        };
    }

    /// <summary>An event's calls follow each other; what the others do has many calls at once.</summary>
    private static BlockingHandler? Http(HandlerKind handler) => handler is HandlerKind.Remediate ? BlockingHandler.ForAws() : null;

    private static Inspector Inspector(ServiceSettings settings, Foundation foundation, Policy policy) => new(
        foundation.Accounts,
        foundation.Journal,
        foundation.Key,
        BacklogSources.Targets(policy.Backlog, settings.AccountId, settings.Region),
        () => DeployedFiles.Of(settings.PolicyFile, settings.PlaybookFolder),
        foundation.Clock);
}
