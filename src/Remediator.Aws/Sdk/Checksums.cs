using System.Text.Json;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>The checksum of the request body, if the operation accepts one and the caller gave none.</summary>
internal static class Checksums
{
    private const string AlgorithmHeader = "x-amz-sdk-checksum-algorithm";
    private static readonly string[] Given =
    [
        "Content-MD5", "x-amz-checksum-crc32", "x-amz-checksum-crc32c", "x-amz-checksum-crc64nvme", "x-amz-checksum-sha1",
        "x-amz-checksum-sha256", "x-amz-checksum-sha512", "x-amz-checksum-md5", "x-amz-checksum-xxhash64", "x-amz-checksum-xxhash3",
        "x-amz-checksum-xxhash128",
    ];

    /// <exception cref="AwsInputException">The caller asks for an algorithm that is not implemented here.</exception>
    public static void Apply(OperationModel operation, JsonElement input, WireRequest request)
    {
        var trait = operation.Checksum;
        if (trait.ModeMember is { } mode && InputValue.Absent(input, mode))
        {
            request.Headers.TryAdd("x-amz-checksum-mode", "ENABLED");
        }

        if (!(trait.Crc32 || trait.Md5) || Array.Exists(Given, request.Headers.ContainsKey))
        {
            return;
        }

        if (trait.Crc32 && TakesHeader(operation))
        {
            var algorithm = request.Headers.GetValueOrDefault(AlgorithmHeader) ?? "CRC32";
            request.Headers[AlgorithmHeader] = algorithm;
            request.Headers[$"x-amz-checksum-{algorithm.ToLowerInvariant()}"] = Of(operation, algorithm, request);
        }
        else if (trait.Md5)
        {
            AddMd5(request);
        }
    }

    // The models require MD5; AWS's newer clients send CRC-32 instead. An empty body has no MD5 header.
    private static void AddMd5(WireRequest request)
    {
        request.Headers["x-amz-checksum-crc32"] = ChecksumAlgorithms.Base64("CRC32", request.Body.Span)!;
        if (!request.Body.IsEmpty)
        {
            request.Headers["Content-MD5"] = ChecksumAlgorithms.Base64("MD5", request.Body.Span)!;
        }
    }

    // The call that begins a multipart upload uses another name for the algorithm, and means the parts.
    private static bool TakesHeader(OperationModel operation) =>
        operation.Checksum.AlgorithmMember is not { } member || operation.Input?.Members[member].WireName == AlgorithmHeader;

    private static string Of(OperationModel operation, string algorithm, WireRequest request) =>
        ChecksumAlgorithms.Base64(algorithm, request.Body.Span)
        ?? throw new AwsInputException(
            operation.FullName,
            operation.Checksum.AlgorithmMember ?? "",
            $"'{algorithm}' is not supported; leave it out, or give the checksum too.");
}
