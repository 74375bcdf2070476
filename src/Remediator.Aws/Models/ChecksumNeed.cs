using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>Whether the body of a request must carry a checksum, and which kind.</summary>
internal enum ChecksumNeed
{
    None,

    /// <summary>The older trait: Content-MD5.</summary>
    Md5,

    /// <summary>The newer trait: x-amz-checksum-crc32.</summary>
    Crc32,
}

internal static class ChecksumNeedExtensions
{
    extension(ChecksumNeed)
    {
        public static ChecksumNeed Read(JsonElement operation)
        {
            if (operation.TryGetProperty("httpChecksum", out var checksum) && checksum.Flag("requestChecksumRequired"))
            {
                return ChecksumNeed.Crc32;
            }

            return operation.Flag("httpChecksumRequired") ? ChecksumNeed.Md5 : ChecksumNeed.None;
        }
    }
}
