using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>awsQuery and ec2Query: form requests, XML responses.</summary>
internal sealed class QueryProtocol(bool isEc2) : Protocol
{
    public static readonly QueryProtocol Aws = new(isEc2: false);
    public static readonly QueryProtocol Ec2 = new(isEc2: true);

    public override WireRequest Write(OperationModel operation, JsonElement input, TokenSource tokens)
    {
        var form = new FormWriter();
        form.Add("Action", operation.Name);
        form.Add("Version", operation.Service.Metadata.ApiVersion);
        if (operation.Input is { } shape)
        {
            new QueryBody(form, tokens, isEc2).WriteStructure(shape, input);
        }

        var request = new WireRequest(operation.Http.Method, operation.Http.Path) { Body = form.Bytes };
        request.Headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8";
        return request;
    }

    public override void Read(OperationModel operation, WireResponse response, Utf8JsonWriter output)
    {
        output.WriteStartObject();
        if (operation.Output is { } shape && XmlTree.TryRead(response.Body, out var tree))
        {
            using var done = tree;
            var root = tree.Root;
            if (operation.ResultWrapper is { } wrapper && root.Child(wrapper) is { } result)
            {
                root = result;
            }

            XmlReading.ReadMembers(root, shape, output);
        }

        output.WriteEndObject();
    }

    public override WireError ReadError(OperationModel operation, WireResponse response) => XmlErrors.Read(operation, response);
}
