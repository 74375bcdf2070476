using System.Runtime.InteropServices;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Remediator.Aws.Customisations;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>Turns a call into the SDK's request. The pipeline does this once per call, not per attempt.</summary>
internal sealed class CallMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var call = (ServiceCall)input;
        var wire = Protocol.Of(call.Operation.Service.Protocol).Write(call.Operation, call.Input, call.Tokens);
        RequestCustomisation.Apply(call.Operation, wire);
        Checksums.Apply(call.Operation, call.Input, wire);
        HeaderCheck.Run(call.Operation, wire);
        return ToSdk(call, wire);
    }

    private static CallRequest ToSdk(ServiceCall call, WireRequest wire)
    {
        var request = new CallRequest(call)
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
        // An empty body only has its content type.
        if (!wire.Body.IsEmpty || wire.Headers.ContainsKey("Content-Type"))
        {
            request.Content = ToArray(wire.Body);
        }

        return request;
    }

    private static byte[] ToArray(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var segment) && segment is { Offset: 0, Array: { } bytes }
            && bytes.Length == segment.Count ? bytes : body.ToArray();

    private static void AddQuery(WireRequest wire, CallRequest request)
    {
        foreach (var group in wire.Query.GroupBy(pair => pair.Key, StringComparer.Ordinal))
        {
            // The SDK escapes the values in a query, but not the names.
            var name = Uri.EscapeDataString(group.Key);
            var values = group.Select(pair => pair.Value).OfType<string>().ToList();
            if (values.Count == 0)
            {
                request.AddSubResource(name);
            }
            else if (values.Count == 1)
            {
                request.ParameterCollection.Add(name, values[0]);
            }
            else
            {
                request.ParameterCollection.Add(name, values);
            }
        }
    }
}
