using Amazon.Runtime;

namespace Remediator.Aws.Sdk;

/// <summary>The credentials of a role, renewed shortly before they end; callers that come meanwhile share one renewal.</summary>
internal sealed class AssumedRole(RoleRequest role, ICredentialsSource source, TimeProvider clock) : AWSCredentials
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private readonly Lock gate = new();
    private Task<RoleCredentials>? current;

    public override ImmutableCredentials GetCredentials() =>
        throw new NotSupportedException("A role is assumed without blocking: use GetCredentialsAsync.");

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        var credentials = await Current();
        return new ImmutableCredentials(credentials.AccessKey, credentials.SecretKey, credentials.Token);
    }

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
