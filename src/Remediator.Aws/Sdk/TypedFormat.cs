using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Remediator.Aws.Sdk;

/// <summary>Requests and answers of a service whose official package is used: the package's own classes write and read them.</summary>
internal sealed class TypedFormat(Uri endpoint, string region) : IWireFormat
{
    public void Address(IRequestContext call)
    {
        call.Request.Endpoint = endpoint;
        call.Request.AuthenticationRegion = region;
        Keep(call.Request);
    }

    public AWSCredentials Keys(IRequestContext call) => call.ExplicitAWSCredentials;

    public Answer Read(IRequestContext call, WebAnswer answer)
    {
        var reader = call.Unmarshaller;
        using var body = answer.OpenResponse();
        using var context = reader.CreateContext(answer, false, body, call.Metrics, !answer.IsSuccessStatusCode, call);
        if (!answer.IsSuccessStatusCode)
        {
            return new(null, reader.UnmarshallException(context, new HttpErrorResponseException(answer), answer.StatusCode));
        }

        return IsDamaged(answer)
            ? new(null, new IOException("The response is not what its checksum says."))
            : new(reader.UnmarshallResponse(context), null);
    }

    public AmazonWebServiceResponse? Failure(Exception fault) => null;

    // Each attempt hashes the body and sends it.
    private static void Keep(IRequest request)
    {
        if (request.ContentStream is not { } stream)
        {
            return;
        }

        using var body = new MemoryStream((int)stream.Length);
        stream.CopyTo(body);
        (request.Content, request.ContentStream) = (body.ToArray(), null);
    }

    /// <summary>DynamoDB says the checksum of each answer.</summary>
    private static bool IsDamaged(WebAnswer answer) =>
        uint.TryParse(answer.GetHeaderValue("x-amz-crc32"), NumberStyles.None, CultureInfo.InvariantCulture, out var expected)
        && ChecksumAlgorithms.Crc32Of(answer.Body.Span) != expected;
}
