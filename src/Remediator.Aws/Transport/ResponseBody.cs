namespace Remediator.Aws.Transport;

/// <summary>The body of a response, read to its end on the caller's thread.</summary>
internal static class ResponseBody
{
    private const int FirstBytes = 4096;

    /// <exception cref="IOException">The body is too large, or ends before it is complete.</exception>
    public static HttpContent Read(HttpContent incoming, int mostBytes, CancellationToken ct)
    {
        using var stream = incoming.ReadAsStream(ct);
        var length = incoming.Headers.ContentLength;
        var (bytes, count) = Read(stream, length, mostBytes, ct);
        var content = new ByteArrayContent(bytes, 0, count);
        foreach (var (name, values) in incoming.Headers.NonValidated)
        {
            content.Headers.TryAddWithoutValidation(name, values);
        }

        return content;
    }

    private static (byte[] Bytes, int Count) Read(Stream stream, long? length, int mostBytes, CancellationToken ct)
    {
        // One more than may be, so that too much shows.
        var most = mostBytes + 1;
        var buffer = new byte[Math.Min(length ?? FirstBytes, most)];
        for (var read = 0; read < most;)
        {
            if (read == buffer.Length && read == length)
            {
                return (buffer, read);
            }

            if (read == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(Math.Max(read * 2L, FirstBytes), most));
            }

            ct.ThrowIfCancellationRequested();
            var count = stream.Read(buffer, read, buffer.Length - read);
            read += count;
            if (count == 0)
            {
                return (buffer, read);
            }
        }

        throw new IOException($"The response is larger than {mostBytes} bytes.");
    }
}
