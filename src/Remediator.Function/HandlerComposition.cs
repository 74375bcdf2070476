using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Remediator.Authoring.Checks;
using Remediator.Aws;
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
        var service = Service(settings.Service, telemetry, outside);
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
            HandlerKind.Operate => new Handlers.Operate(service.Operator),
            var other => throw new UnreachableException($"{other}"),
        };
    }

    private static Composition Service(ServiceSettings settings, Telemetry telemetry, Outside outside)
    {
        var playbooks = new PlaybookLibrary(settings.PlaybookFolder);
        return new(
            AwsFoundation.Of(settings, outside.Environment, outside.Clock, telemetry.Logs),
            PolicyFile.Read(settings.PolicyFile, playbooks),
            playbooks,
            new(settings.EscalationTopicArn, settings.EventsTopicArn));
    }
}
