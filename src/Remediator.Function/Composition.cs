using System.Diagnostics;
using Remediator.Function.Handlers;
using Remediator.Function.Logging;

namespace Remediator.Function;

/// <summary>The object graph of each handler.</summary>
internal static class Composition
{
    public static IHandler Compose(Settings settings, Telemetry telemetry, Outside outside) => settings.Handler switch
    {
        HandlerKind.Remediate => new Remediate(new RecordProcessor(), BatchLimits.Default, telemetry, outside.Clock),
        HandlerKind.Sweep => new Sweep(),
        HandlerKind.Operate => new Operate(),
        var other => throw new UnreachableException($"{other}"),
    };
}
