namespace Remediator.Aws.Protocols;

/// <summary>The idempotency token of one call: the same for all its attempts.</summary>
internal sealed class TokenSource(Func<string> generate)
{
    public string Token => field ??= generate();
}
