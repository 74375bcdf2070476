using System.IO.Compression;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>
/// Decompresses what a proxy or a service compressed without being asked. Raw payloads stay unchanged: S3 returns objects that
/// were stored compressed under the same header.
/// </summary>
internal static class Decompression
{
    private static ReadOnlySpan<byte> GzipStart => [0x1F, 0x8B];

    /// <exception cref="IOException">The decompressed content is too large, or the body is not gzip.</exception>
    public static WireResponse Apply(OperationModel operation, WireResponse response)
    {
        var isPacked = response.Body.Span.StartsWith(GzipStart)
            && "gzip".Equals(response.Header("Content-Encoding"), StringComparison.OrdinalIgnoreCase);
        var isRaw = operation.Output is { Payload: { } payload } output && output.Members[payload].Shape.Type == ShapeType.Blob
            && response.Status < 300;
        return isPacked && !isRaw ? response.With(Unpack(response.Body)) : response;
    }

    private static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> body)
    {
        using var packed = new GZipStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (packed.Read(buffer) is > 0 and var count)
            {
                plain.Write(buffer, 0, count);
                if (plain.Length > WebCall.MostBytes)
                {
                    throw new IOException($"The response is larger than {WebCall.MostBytes} bytes.");
                }
            }
        }
        catch (InvalidDataException malformed)
        {
            throw new IOException("The response is not the gzip that it says it is.", malformed);
        }

        return plain.GetBuffer().AsMemory(0, (int)plain.Length);
    }
}
