using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>The checksum of the bytes that are sent, where an operation demands one and the caller gave none.</summary>
internal static class Checksums
{
    public static void Apply(OperationModel operation, WireRequest request)
    {
        if (operation.Checksum == ChecksumNeed.None || IsGiven(request))
        {
            return;
        }

        var crc = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc32.Of(request.Body.Span));
        request.Headers["x-amz-checksum-crc32"] = Convert.ToBase64String(crc);
        if (operation.Checksum == ChecksumNeed.Md5)
        {
            // The models ask for this one; AWS's newer clients send the other.
            request.Headers["Content-MD5"] = Md5(request.Body.Span);
        }
        else
        {
            request.Headers["x-amz-sdk-checksum-algorithm"] = "CRC32";
        }
    }

    private static bool IsGiven(WireRequest request) =>
        request.Headers.ContainsKey("Content-MD5")
        || request.Headers.Keys.Any(name => name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase));

    [SuppressMessage("Security", "CA5351", Justification = "The header is defined so; it guards against damage, not against attack.")]
    private static string Md5(ReadOnlySpan<byte> body) => Convert.ToBase64String(MD5.HashData(body));
}
