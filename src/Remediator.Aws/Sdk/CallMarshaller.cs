using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>Makes the SDK's request of a call. The pipeline asks once a call, not once an attempt.</summary>
internal sealed class CallMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var call = (ServiceCall)input;
        var wire = Protocol.Of(call.Operation.Service.Protocol).Write(call.Operation, call.Input, call.Tokens);
        Customisation.Apply(call.Operation, call.Input, wire);
        Checksums.Apply(call.Operation, wire);
        return ToSdk(call, wire);
    }

    private static DefaultRequest ToSdk(ServiceCall call, WireRequest wire)
    {
        var request = new DefaultRequest(call, call.Operation.Service.Metadata.ServiceId)
        {
            HttpMethod = wire.Method,
            ResourcePath = wire.Path,
            UseQueryString = true,
            HostPrefix = HostPrefix.Of(call.Operation, call.Input),
        };
        foreach (var (label, value) in wire.Labels)
        {
            request.AddPathResource($"{{{label}}}", value);
            request.AddPathResource($"{{{label}+}}", value);
        }

        foreach (var (name, value) in wire.Headers)
        {
            request.Headers[name] = value;
        }

        AddQuery(wire, request);
        if (!wire.Body.IsEmpty || wire.Method is "POST" or "PUT" or "PATCH")
        {
            request.Content = wire.Body.ToArray();
        }

        return request;
    }

    private static void AddQuery(WireRequest wire, DefaultRequest request)
    {
        foreach (var group in wire.Query.GroupBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var values = group.Select(pair => pair.Value).OfType<string>().ToList();
            if (values.Count == 0)
            {
                request.AddSubResource(group.Key);
            }
            else if (values.Count == 1)
            {
                request.ParameterCollection.Add(group.Key, values[0]);
            }
            else
            {
                request.ParameterCollection.Add(group.Key, values);
            }
        }
    }
}
