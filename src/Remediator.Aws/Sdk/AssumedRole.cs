using Amazon.Runtime;

namespace Remediator.Aws.Sdk;

/// <summary>The credentials of a role, renewed shortly before they end; callers that come meanwhile share one renewal.</summary>
internal sealed class AssumedRole(RoleRequest role, ICredentialsSource source, TimeProvider clock) : AWSCredentials
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private readonly Lock gate = new();
    private Task<RoleCredentials>? current;

    // The SDK's signer asks in this way only. It waits where the role has to be assumed first: once an hour.
    public override ImmutableCredentials GetCredentials() => Immutable(Current().GetAwaiter().GetResult());

    public override async Task<ImmutableCredentials> GetCredentialsAsync() => Immutable(await Current());

    private static ImmutableCredentials Immutable(RoleCredentials credentials) =>
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
                // One caller's cancellation must not fail the others, so none is passed on.
                current = source.AssumeAsync(role, CancellationToken.None);
            }

            return current;
        }
    }
}
