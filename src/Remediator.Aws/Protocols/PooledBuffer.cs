using System.Buffers;

namespace Remediator.Aws.Protocols;

/// <summary>Collects bytes in pooled memory.</summary>
internal sealed class PooledBuffer(int size) : IBufferWriter<byte>, IDisposable
{
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(Math.Max(size, 256));
    private int written;

    public ReadOnlySpan<byte> WrittenSpan => bytes.AsSpan(0, written);

    public void Advance(int count) => written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return bytes.AsMemory(written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return bytes.AsSpan(written);
    }

    /// <summary>Returns the memory to the pool, cleared: responses may hold secrets.</summary>
    public void Dispose()
    {
        bytes.AsSpan(0, written).Clear();
        ArrayPool<byte>.Shared.Return(bytes);
        (bytes, written) = ([], 0);
    }

    private void MakeRoom(int sizeHint)
    {
        var needed = written + Math.Max(sizeHint, 1);
        if (needed <= bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, bytes.Length * 2));
        WrittenSpan.CopyTo(larger);
        bytes.AsSpan(0, written).Clear();
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
