using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>An operation's traits for the checksums of its request body and of its responses.</summary>
/// <param name="Md5">The older trait: the request must carry Content-MD5.</param>
/// <param name="Crc32">
/// The newer trait: the request may carry a checksum of the caller's choice; without a choice it carries CRC-32.
/// </param>
/// <param name="AlgorithmMember">The member of the input that names the algorithm.</param>
/// <param name="ModeMember">The member of the input that requests the checksums of the response.</param>
internal sealed record ChecksumTrait(bool Md5, bool Crc32, string? AlgorithmMember, string? ModeMember)
{
    public static readonly ChecksumTrait None = new(false, false, null, null);

    public static ChecksumTrait Read(JsonElement operation)
    {
        if (operation.TryGetProperty("httpChecksum", out var checksum))
        {
            var algorithm = checksum.Text("requestAlgorithmMember");
            return new(
                false,
                algorithm is not null || checksum.Flag("requestChecksumRequired"),
                algorithm,
                checksum.Text("requestValidationModeMember"));
        }

        return operation.Flag("httpChecksumRequired") ? None with { Md5 = true } : None;
    }
}
