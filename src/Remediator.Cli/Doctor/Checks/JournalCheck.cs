using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>The journal can be read, restored, and not deleted by mistake.</summary>
internal sealed class JournalCheck : ICheck
{
    public string Name => "journal";

    public IEnumerable<Look> Looks(DeploymentView on) =>
    [
        Look.One("table", ct => TableAsync(on, ct)),
        Look.One("backups", ct => BackupsAsync(on, ct)),
        Look.One("time to live", ct => TimeToLiveAsync(on, ct)),
        Look.One("function", async ct => (await on.FunctionAsync(ct)).Of.JournalFault is { } fault
            ? Found.Fail($"The function cannot read the journal: {fault}", "Deploy the stack again; look at the table's resource policy.")
            : Found.Ok("The function reads the journal.")),
    ];

    private static async Task<Found> TableAsync(DeploymentView on, CancellationToken ct)
    {
        var name = on.Stack.Physical("Journal");
        var table = (await on.Own.CallAsync("dynamodb:DescribeTable", Answers.Input(("TableName", name)), ct)).Member("Table");
        return table.TextOf("TableStatus") is not ("ACTIVE" or "UPDATING")
            ? Found.Fail($"The table {name} is {table.TextOf("TableStatus")}.", $"aws dynamodb describe-table --table-name {name}")
            : table.IsTrue("DeletionProtectionEnabled")
                ? Found.Ok($"The table {name} is {table.TextOf("TableStatus")}, and protected from deletion.")
                : Found.Fail(
                    $"The table {name} is not protected from deletion: it is the audit, and the only way to undo.",
                    $"aws dynamodb update-table --table-name {name} --deletion-protection-enabled");
    }

    private static async Task<Found> BackupsAsync(DeploymentView on, CancellationToken ct)
    {
        var name = on.Stack.Physical("Journal");
        var answer = await on.Own.CallAsync("dynamodb:DescribeContinuousBackups", Answers.Input(("TableName", name)), ct);
        var recovery = answer.Member("ContinuousBackupsDescription").Member("PointInTimeRecoveryDescription");
        return recovery.TextOf("PointInTimeRecoveryStatus") is "ENABLED"
            ? Found.Ok($"It can be restored to any time since {recovery.TextOf("EarliestRestorableDateTime") ?? "it was made"}.")
            : Found.Fail(
                "Point-in-time recovery is off.",
                $"aws dynamodb update-continuous-backups --table-name {name} "
                + "--point-in-time-recovery-specification PointInTimeRecoveryEnabled=true");
    }

    private static async Task<Found> TimeToLiveAsync(DeploymentView on, CancellationToken ct)
    {
        var name = on.Stack.Physical("Journal");
        var answer = await on.Own.CallAsync("dynamodb:DescribeTimeToLive", Answers.Input(("TableName", name)), ct);
        return answer.Member("TimeToLiveDescription").TextOf("TimeToLiveStatus") is "ENABLED" or "ENABLING"
            ? Found.Ok("Closed incidents are deleted after 400 days.")
            : Found.Warn(
                "Closed incidents are never deleted: time to live is off.",
                $"aws dynamodb update-time-to-live --table-name {name} --time-to-live-specification Enabled=true,AttributeName=expires");
    }
}
