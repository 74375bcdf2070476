using System.Text.Json;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>What services want and their models do not say.</summary>
internal static class Customisation
{
    public static void Apply(OperationModel operation, JsonElement input, WireRequest request)
    {
        switch (operation.Service.Name)
        {
            case "apigateway":
                request.Headers.TryAdd("Accept", "application/json");
                break;
            default:
                break;
        }
    }
}
