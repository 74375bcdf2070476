using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Customisations;

/// <summary>Completes inputs for services that need more than their models say, as AWS's own clients do.</summary>
internal static class InputCustomisation
{
    public static JsonElement Apply(OperationModel operation, JsonElement input) => operation.FullName switch
    {
        "ec2:RunInstances" or "autoscaling:CreateLaunchConfiguration" => InputEdit.Text(input, "UserData", UserData.Encode),
        "s3:CopyObject" or "s3:UploadPartCopy" => InputEdit.Text(input, "CopySource", S3CopySource.Escape),
        _ when operation.Service.Name == "route53" => Route53.ShortIds(operation, input),
        _ when operation.Service.Name == "glacier" => Glacier.WithAccount(operation, input),
        _ => input,
    };
}
