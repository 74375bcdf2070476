using System.Net.Security;
using System.Net.Sockets;

namespace Remediator.Aws.Transport;

/// <summary>
/// An encrypted connection in the shape of one that is not. .NET asks a connection's socket whether the other side has closed it, but
/// only that of a network stream; any other one it begins to read asynchronously before each request.
/// </summary>
internal sealed class TlsStream(SslStream tls, NetworkStream connection) : NetworkStream(connection.Socket, ownsSocket: false)
{
    public override int Read(Span<byte> buffer) => tls.Read(buffer);

    public override int Read(byte[] buffer, int offset, int count) => tls.Read(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => tls.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => tls.Write(buffer, offset, count);

    public override void Flush() => tls.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => tls.FlushAsync(cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        tls.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        tls.ReadAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        tls.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        tls.WriteAsync(buffer, offset, count, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            tls.Dispose();
        }

        base.Dispose(disposing);
    }
}
