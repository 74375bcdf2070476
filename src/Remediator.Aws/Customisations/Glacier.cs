using System.Security.Cryptography;
using System.Text.Json;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Customisations;

/// <summary>
/// Glacier: "-" stands for the caller's account, the API version is a header, and a tree hash proves the content of an archive.
/// </summary>
internal static class Glacier
{
    private const int LeafBytes = 1024 * 1024;

    public static JsonElement WithAccount(OperationModel operation, JsonElement input)
    {
        var takesAccount = operation.Input?.Members.ContainsKey("accountId") ?? false;
        var isGiven = InputValue.TryGet(input, "accountId", out var account)
            && !(account.ValueKind == JsonValueKind.String && account.ValueEquals(""));
        return takesAccount && !isGiven ? InputEdit.With(input, "accountId", "-") : input;
    }

    public static void AddHeaders(OperationModel operation, WireRequest request)
    {
        request.Headers["x-amz-glacier-version"] = operation.Service.Metadata.ApiVersion;
        if (operation.Name is "UploadArchive" or "UploadMultipartPart")
        {
            request.Headers.TryAdd("x-amz-sha256-tree-hash", Convert.ToHexStringLower(TreeHash(request.Body.Span)));
        }
    }

    private static byte[] TreeHash(ReadOnlySpan<byte> body)
    {
        if (body.Length <= LeafBytes)
        {
            return SHA256.HashData(body);
        }

        var leaves = (body.Length + LeafBytes - 1) / LeafBytes;
        var left = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)leaves) / 2 * LeafBytes;
        return SHA256.HashData([.. TreeHash(body[..left]), .. TreeHash(body[left..])]);
    }
}
