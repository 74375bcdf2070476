namespace Remediator.Tests.Aws;

/// <summary>An endless stream of spaces.</summary>
internal sealed class EndlessStream : IncomingStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        buffer.Span.Fill((byte)' ');
        return ValueTask.FromResult(buffer.Length);
    }
}
