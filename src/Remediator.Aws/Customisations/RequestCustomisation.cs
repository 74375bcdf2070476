using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Customisations;

/// <summary>Completes requests for services that need more than their models say, as AWS's own clients do.</summary>
internal static class RequestCustomisation
{
    public static void Apply(OperationModel operation, WireRequest request)
    {
        switch (operation.Service.Name)
        {
            case "apigateway":
                request.Headers.TryAdd("Accept", "application/json");
                break;
            case "glacier":
                Glacier.AddHeaders(operation, request);
                break;
            case "s3":
                S3Listing.AskForEncodedKeys(operation, request);
                S3CustomerKeys.Complete(request);
                break;
            default:
                break;
        }
    }
}
