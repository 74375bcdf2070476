using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Remediator.Authoring.Catalog;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Benchmarks;

/// <summary>One typical operation of each protocol: its input as a request, its response as an output.</summary>
public class ProtocolBenchmarks
{
    private readonly TokenSource tokens = new(() => "token");
    private OperationModel operation = ModelCatalog.Find("s3:GetBucketEncryption")!;
    private Sample sample = Samples.All[WireProtocol.RestXml];
    private byte[] body = [];

    [ParamsAllValues]
    public WireProtocol Protocol { get; set; }

    [GlobalSetup]
    public void Choose()
    {
        sample = Samples.All[Protocol];
        operation = ModelCatalog.Find(sample.Operation)!;
        body = Encoding.UTF8.GetBytes(sample.Answer);
    }

    [Benchmark]
    public object Serialise() => Aws.Protocols.Protocol.Of(Protocol).Write(operation, sample.Parsed, tokens);

    [Benchmark]
    public JsonElement Parse()
    {
        using var buffer = new PooledBuffer(body.Length);
        using (var output = new Utf8JsonWriter(buffer, Output.Options))
        {
            Aws.Protocols.Protocol.Of(Protocol).Read(operation, new WireResponse(PlainHead.Instance, body), output);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
