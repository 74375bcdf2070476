using Amazon.Runtime.Internal.Transform;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>Reads the body of a response, with limits of time and size.</summary>
internal static class BodyReader
{
    /// <summary>More than any response about settings needs; small enough for the memory of a small function.</summary>
    internal const int MostBytes = 64 * 1024 * 1024;

    /// <exception cref="IOException">The body did not arrive in time, or is too large.</exception>
    public static async Task<WireResponse> ReadAsync(IWebResponseData head, TimeSpan timeout, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        using var body = head.ResponseBody;
        try
        {
            await using var stream = await body.OpenResponseAsync();
            return new WireResponse(head, await ReadAsync(stream, head.ContentLength, limit.Token));
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new IOException($"The response did not arrive within {timeout.TotalSeconds} seconds.", late);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, long length, CancellationToken ct)
    {
        var buffer = new byte[length is > 0 and <= MostBytes ? length : 4096];
        var read = 0;
        while (true)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(read), ct);
            read += count;
            if (count == 0)
            {
                return buffer.AsMemory(0, read);
            }

            if (read == buffer.Length)
            {
                if (read == length)
                {
                    return buffer;
                }

                buffer = Grow(buffer);
            }
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        if (buffer.Length >= MostBytes)
        {
            throw new IOException($"The response is larger than {MostBytes} bytes.");
        }

        Array.Resize(ref buffer, buffer.Length * 2);
        return buffer;
    }
}
