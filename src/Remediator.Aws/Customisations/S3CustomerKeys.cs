using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Customisations;

/// <summary>
/// Customer-provided encryption keys are given as text and sent as base64 with their MD5. If the input has the MD5 too, both
/// are sent unchanged.
/// </summary>
internal static class S3CustomerKeys
{
    private static readonly string[] Headers =
        ["x-amz-server-side-encryption-customer-key", "x-amz-copy-source-server-side-encryption-customer-key"];

    [SuppressMessage("Security", "CA5351", Justification = "S3 defines the header so.")]
    public static void Complete(WireRequest request)
    {
        foreach (var header in Headers)
        {
            var md5 = header + "-MD5";
            if (request.Headers.TryGetValue(header, out var key) && !request.Headers.ContainsKey(md5))
            {
                var bytes = Encoding.UTF8.GetBytes(key);
                request.Headers[header] = Convert.ToBase64String(bytes);
                request.Headers[md5] = Convert.ToBase64String(MD5.HashData(bytes));
            }
        }
    }
}
