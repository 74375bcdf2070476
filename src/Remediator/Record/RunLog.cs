using Microsoft.Extensions.Logging;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>What the log says of a run.</summary>
internal static partial class RunLog
{
    [LoggerMessage(3001, LogLevel.Information, "Working on incident {Incident}, {State}: a {ResourceType}")]
    public static partial void Working(ILogger log, string incident, IncidentState state, string resourceType);

    [LoggerMessage(3002, LogLevel.Error, "A defect stopped the work on incident {Incident}, {State}")]
    public static partial void Defect(ILogger log, Exception error, string incident, IncidentState state);
}
