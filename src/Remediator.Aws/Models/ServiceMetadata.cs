using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>A model's facts about the service as a whole.</summary>
internal sealed record ServiceMetadata(
    string ServiceId,
    string EndpointPrefix,
    string SigningName,
    string ApiVersion,
    string TargetPrefix,
    string JsonVersion,
    WireProtocol Protocol,
    XmlNamespace? XmlNamespace,
    bool AwsQueryCompatible)
{
    // botocore's order of preference; CBOR is left out because every service that offers it offers JSON too.
    private static readonly string[] Preference = ["json", "rest-json", "rest-xml", "query", "ec2"];

    public static ServiceMetadata Read(string service, JsonElement text)
    {
        var prefix = text.Text("endpointPrefix") ?? service;
        return new ServiceMetadata(
            text.Text("serviceId") ?? service,
            prefix,
            text.Text("signingName") ?? prefix,
            text.Text("apiVersion") ?? "",
            text.Text("targetPrefix") ?? "",
            text.Text("jsonVersion") ?? "1.0",
            ReadProtocol(service, text),
            XmlNamespace.Read(text),
            text.Has("awsQueryCompatible"));
    }

    private static WireProtocol ReadProtocol(string service, JsonElement text)
    {
        var offered = text.Texts("protocols");
        var chosen = Preference.FirstOrDefault(offered.Contains) ?? text.Text("protocol");
        return chosen switch
        {
            "json" => WireProtocol.AwsJson,
            "rest-json" => WireProtocol.RestJson,
            "rest-xml" => WireProtocol.RestXml,
            "query" => WireProtocol.AwsQuery,
            "ec2" => WireProtocol.Ec2Query,
            _ => throw new InvalidDataException($"The model of {service} speaks '{chosen}', which is not supported."),
        };
    }
}
