using System.Text;
using System.Text.Json;
using Remediator.Function.Runtime;
using Remediator.Operate;
using Remediator.Values;

namespace Remediator.Function.Handlers;

/// <summary>
/// A request to the function's URL, which IAM let in: payload format 2.0. It counts by the alias that the URL belongs to; a payload that
/// only looks like one does not, since whoever invokes the function may write any.
/// </summary>
/// <param name="By">Who sent it, as AWS verified it.</param>
/// <param name="Body">The command.</param>
internal sealed record UrlRequest(Caller By, JsonElement Body)
{
    /// <summary>The alias that nothing but the URL is for.</summary>
    public const string Alias = "url";

    public static bool IsFor(Invocation invocation) => invocation.FunctionArn.EndsWith($":{Alias}", StringComparison.Ordinal);

    /// <exception cref="JsonException">It is no request with a verified caller, or its body is no JSON.</exception>
    public static UrlRequest Read(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload);
        var request = document.RootElement;
        var arn = request.Member("requestContext").Member("authorizer").Member("iam").TextOf("userArn");
        if (Caller.Of(arn) is not { } by || request.TextOf("version") is not "2.0" || request.TextOf("body") is not { } body)
        {
            throw new JsonException("The alias 'url' answers signed requests to the function's URL, and no other invocation.");
        }

        var isEncoded = request.Member("isBase64Encoded").ValueKind is JsonValueKind.True;
        return new(by, Json.Parse(isEncoded ? Encoding.UTF8.GetString(Decoded(body)) : body));
    }

    private static byte[] Decoded(string body)
    {
        try
        {
            return Convert.FromBase64String(body);
        }
        catch (FormatException e)
        {
            throw new JsonException("The body is not base64.", e);
        }
    }
}
