using System.Globalization;
using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>Reads the errors of both JSON protocols.</summary>
internal static class JsonErrors
{
    private static readonly string[] CodeNames = ["__type", "code", "Code"];
    private static readonly string[] MessageNames = ["message", "Message", "errorMessage"];

    public static WireError Read(OperationModel operation, WireResponse response)
    {
        using var document = Parse(response.Body);
        var body = document?.RootElement ?? default;
        var typeCode = WireError.ShortCode(response.Header("x-amzn-ErrorType") ?? FirstText(body, CodeNames) ?? "");
        var code = QueryCode(response) ?? typeCode;
        var message = FirstText(body, MessageNames) ?? "";
        var shape = operation.Error(typeCode) ?? operation.Error(code);
        return new WireError(
            code.Length > 0 ? code : response.Status.ToString(CultureInfo.InvariantCulture),
            message.Length > 0 || document is not null ? message : HttpStatusText.Of(response.Status),
            response.RequestId,
            Members(shape, response));
    }

    private static string? QueryCode(WireResponse response)
    {
        var header = response.Header("x-amzn-query-error");
        var semicolon = header?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        var code = semicolon < 0 ? header : header?[..semicolon];
        return string.IsNullOrEmpty(code) ? null : code;
    }

    private static string? FirstText(JsonElement body, string[] names) =>
        body.ValueKind == JsonValueKind.Object ? names.Select(name => body.Text(name)).FirstOrDefault(text => text is not null) : null;

    private static JsonElement Members(Shape? shape, WireResponse response)
    {
        if (shape is null)
        {
            return WireError.NoMembers;
        }

        try
        {
            return Output.Write(output => RestResponses.ReadHead(shape, response, output), output =>
            {
                if (!JsonReading.IsBlank(response.Body.Span))
                {
                    var reader = JsonReading.Open(response.Body.Span);
                    JsonReading.ReadMembers(ref reader, shape, output, bodyOnly: true);
                }
            });
        }
        catch (Exception malformed) when (MalformedResponseException.IsBehind(malformed))
        {
            // An error that cannot be read in full is still reported.
            return WireError.NoMembers;
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        if (JsonReading.IsBlank(body.Span))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 256 });
        }
        catch (JsonException)
        {
            // A proxy may answer in HTML: only the status is known.
            return null;
        }
    }
}
