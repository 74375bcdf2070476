using System.Net.Sockets;

namespace Remediator.Aws.Transport;

/// <summary>
/// A connection whose handshake of TLS, which .NET does asynchronously, waits on the caller's thread too: one asynchronous read would
/// make the socket one that never blocks, for good. Once the connection is open, an asynchronous read is a real one: the pool has
/// one wait for the end of a connection that is idle for long.
/// </summary>
internal sealed class BlockingStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    public bool IsOpen { get; set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsOpen)
        {
            return base.ReadAsync(buffer, cancellationToken);
        }

        try
        {
            using var cancellation = cancellationToken.UnsafeRegister(static stream => ((BlockingStream)stream!).Dispose(), this);
            return new(Read(buffer.Span));
        }
        catch (Exception fault)
        {
            return ValueTask.FromException<int>(Of(fault, cancellationToken));
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsOpen)
        {
            return base.WriteAsync(buffer, cancellationToken);
        }

        try
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }
        catch (Exception fault)
        {
            return ValueTask.FromException(Of(fault, cancellationToken));
        }
    }

    private static Exception Of(Exception fault, CancellationToken ct) =>
        ct.IsCancellationRequested ? new OperationCanceledException(ct) : fault;
}
