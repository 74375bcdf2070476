using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Change.Runbooks;

/// <summary>What a call begins and AWS goes on with by itself: an SSM Automation runbook, or a change set of CloudFormation.</summary>
internal static class LongRun
{
    /// <exception cref="AwsException">It did not start, or it ended otherwise than well.</exception>
    public static Task RunAsync(IRun run, ReadyCall call, IAws aws, CancellationToken ct) => call.Source.IsChangeSet
        ? ChangeSetRun.RunAsync(run, call.Planned, aws, ct)
        : RunbookRun.RunAsync(run, call.Planned, aws, ct);

    /// <summary>Looks once at what was not seen to end.</summary>
    /// <exception cref="AwsException">It ended otherwise than well.</exception>
    public static Task LookAsync(IRun run, IAws aws, CancellationToken ct) => run.Incident.Change is { Runbook.IsChangeSet: true }
        ? ChangeSetRun.LookAsync(run, aws, ct)
        : RunbookRun.LookAsync(run, aws, ct);
}
