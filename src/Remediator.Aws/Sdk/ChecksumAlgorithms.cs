using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Remediator.Aws.Sdk;

/// <summary>The checksums that S3 accepts, in base64, numbers in big-endian order.</summary>
internal static class ChecksumAlgorithms
{
    private static readonly Crc Crc32 = new(0xEDB88320, width: 32);
    private static readonly Crc Crc32C = new(0x82F63B78, width: 32);
    private static readonly Crc Crc64Nvme = new(0x9A6C9329AC4BC9B5, width: 64);

    /// <summary>Null for an algorithm that is not implemented here.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "It guards against damage, not against attack.")]
    [SuppressMessage("Security", "CA5351", Justification = "It guards against damage, not against attack.")]
    public static string? Base64(string algorithm, ReadOnlySpan<byte> body) => algorithm switch
    {
        "CRC32" => Base64Of32(Crc32.Of(body)),
        "CRC32C" => Base64Of32(Crc32C.Of(body)),
        "CRC64NVME" => Base64Of64(Crc64Nvme.Of(body)),
        "SHA1" => Convert.ToBase64String(SHA1.HashData(body)),
        "SHA256" => Convert.ToBase64String(SHA256.HashData(body)),
        "SHA512" => Convert.ToBase64String(SHA512.HashData(body)),
        "MD5" => Convert.ToBase64String(MD5.HashData(body)),
        _ => null,
    };

    public static uint Crc32Of(ReadOnlySpan<byte> body) => (uint)Crc32.Of(body);

    private static string Base64Of32(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)value);
        return Convert.ToBase64String(bytes);
    }

    private static string Base64Of64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return Convert.ToBase64String(bytes);
    }
}
