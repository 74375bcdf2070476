using Amazon.Runtime;

namespace Remediator.Aws.Sdk;

/// <summary>The credentials of a role, renewed shortly before they expire; concurrent callers share one renewal.</summary>
internal sealed class AssumedRole(RoleRequest role, ICredentialsSource source, TimeProvider clock) : AWSCredentials
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private readonly Lock gate = new();
    private Task<RoleCredentials>? current;

    // The SDK's own signer calls this even for asynchronous calls; this client's signer does not.
    public override ImmutableCredentials GetCredentials() => ToSdk(Current().GetAwaiter().GetResult());

    public override async Task<ImmutableCredentials> GetCredentialsAsync() => ToSdk(await Current());

    private static ImmutableCredentials ToSdk(RoleCredentials credentials) =>
        new(credentials.AccessKey, credentials.SecretKey, credentials.Token);

    private Task<RoleCredentials> Current()
    {
        lock (gate)
        {
            var isGood = current switch
            {
                null => false,
                { IsCompletedSuccessfully: true } => current.Result.Expires - Margin > clock.GetUtcNow(),
                _ => !current.IsCompleted,
            };
            if (current is null || !isGood)
            {
                // One caller's cancellation must not fail the others, so no token is passed on.
                current = source.AssumeAsync(role, CancellationToken.None);
            }

            return current;
        }
    }
}
