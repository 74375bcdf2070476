using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>The key that seals the journal can be used: without it nothing can be written, and nothing undone.</summary>
internal sealed class JournalKeyCheck : ICheck
{
    public string Name => "journal-key";

    public IEnumerable<Look> Looks(DeploymentView on) =>
    [
        Look.One("key", async ct =>
        {
            var key = on.Stack.Physical("JournalKey");
            var metadata = (await on.Own.CallAsync("kms:DescribeKey", Answers.Input(("KeyId", key)), ct)).Member("KeyMetadata");
            return metadata.TextOf("KeyState") switch
            {
                "Enabled" => Found.Ok("The key is enabled."),
                "PendingDeletion" => Found.Fail(
                    $"The key is to be deleted on {metadata.TextOf("DeletionDate")}: then no incident can be undone.",
                    $"aws kms cancel-key-deletion --key-id {key} && aws kms enable-key --key-id {key}"),
                var state => Found.Fail($"The key is {state}.", $"aws kms enable-key --key-id {key}"),
            };
        }),
        Look.One("function", async ct => (await on.FunctionAsync(ct)).Of.KeyFault is { } fault
            ? Found.Fail(
                $"The function cannot use the key: {fault}", "Deploy the stack again: the key's policy names the functions' roles.")
            : Found.Ok("The function uses the key.")),
    ];
}
