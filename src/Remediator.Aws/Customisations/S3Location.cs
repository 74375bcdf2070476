using System.Text.Json;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Customisations;

/// <summary>The response of GetBucketLocation is one element, whose text is the region: empty for us-east-1, EU for eu-west-1.</summary>
internal static class S3Location
{
    public static JsonElement Read(WireResponse response)
    {
        var text = XmlTree.TryRead(response.Body, out var tree) ? tree.Root.Text.Trim() : "";
        var region = text switch
        {
            "" => "us-east-1",
            "EU" => "eu-west-1",
            _ => text,
        };
        return Output.Write(output => output.WriteString("LocationConstraint", region));
    }
}
