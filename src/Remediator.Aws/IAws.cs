using System.Text.Json;

namespace Remediator.Aws;

/// <summary>Calls any operation of any service by name, in one account and one region.</summary>
public interface IAws
{
    /// <summary>
    /// Calls <paramref name="operation"/> ("s3:GetPublicAccessBlock"; service names are those of boto3) and returns its output.
    /// Input and output use the member names of the API models, as the AWS CLI's JSON does; blobs are base64.
    /// </summary>
    /// <exception cref="AwsException">The service answered with an error, or could not be reached.</exception>
    /// <exception cref="AwsInputException">The input does not fit the model; nothing was sent.</exception>
    Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct);

    /// <summary>Calls a paginated operation page by page; an operation without pagination gives one page.</summary>
    IAsyncEnumerable<JsonElement> PagesAsync(string operation, JsonElement input, CancellationToken ct);
}
