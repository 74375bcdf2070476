using System.Diagnostics;
using Remediator.Function.Runtime;

namespace Remediator.Function.Tracing;

/// <summary>The function's own spans. Where nobody listens, none is made.</summary>
internal static class Spans
{
    public const string Incident = "incident";
    public const string Outcome = "outcome";

    public const string SourceName = "Remediator";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Below the segment that Lambda makes of an invocation; null where Lambda's trace is not recorded.</summary>
    public static Activity? Of(Invocation invocation) =>
        Source.HasListeners() && TraceHeader.Read(invocation.TraceId) is { } parent
            ? Source.StartActivity("invocation", ActivityKind.Server, parent)
            : null;

    public static Activity? OfEvent() => Source.StartActivity("event");
}
