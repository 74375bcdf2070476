using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Customisations;

/// <summary>Corrects outputs that the models do not describe fully, as AWS's own clients do.</summary>
internal static class OutputCustomisation
{
    public static JsonElement Apply(OperationModel operation, WireResponse response, JsonElement output)
    {
        if (operation.FullName == "s3:GetBucketLocation")
        {
            return S3Location.Read(response);
        }

        Action<JsonObject>? change = operation.Service.Name switch
        {
            "s3" when S3Listing.IsListing(operation) => S3Listing.DecodeKeys,
            "iam" when IamPolicies.MayBeIn(operation) => node => IamPolicies.Decode(node, operation.Output!),
            _ => null,
        };
        if (change is null || JsonObject.Create(output) is not { } editable)
        {
            return output;
        }

        change(editable);
        return Output.Write(writer =>
        {
            foreach (var (name, value) in editable)
            {
                writer.WritePropertyName(name);
                if (value is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    value.WriteTo(writer);
                }
            }
        });
    }
}
