using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Microsoft.Extensions.Time.Testing;
using Remediator.Aws;
using Remediator.Tests.Aws.Conformance;

namespace Remediator.Tests.Aws;

/// <summary>Faults of networks and proxies during a call.</summary>
public sealed class BadNetworkTests
{
    private const string Good = "HTTP/1.1 200 OK\r\nContent-Length: 22\r\nConnection: close\r\n\r\n{\"TableNames\":[\"a\"]}  ";

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"TableNames\":[\"a")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"TableNames\":[\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("")]
    public async Task An_answer_that_breaks_off_is_asked_for_again(string broken)
    {
        using var wire = new RawStub(broken, Good);

        var output = await CallAsync(wire, attempts: 2);

        Assert.Equal("a", output.GetProperty("TableNames")[0].GetString());
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"TableNames\":[\"a")]
    [InlineData("this is not HTTP\r\n\r\n")]
    public async Task An_answer_that_always_breaks_off_is_a_passing_fault(string broken)
    {
        using var wire = new RawStub(broken);

        var fault = await Assert.ThrowsAsync<AwsException>(() => CallAsync(wire, attempts: 2));

        Assert.Equal((AwsFault.Transient, 0), (fault.Fault, fault.Status));
    }

    [Fact]
    public async Task Compressed_response_is_decompressed()
    {
        using var client = NewClient(
            new CannedWire(new CannedAnswer(200, new() { ["Content-Encoding"] = "gzip" }, Packed("""{"TableNames":["a"]}"""))));

        var output = await client.CallAsync("dynamodb:ListTables", default, CancellationToken.None);

        Assert.Equal("a", output.GetProperty("TableNames")[0].GetString());
    }

    [Fact]
    public async Task Damaged_compressed_response_is_a_transient_fault()
    {
        using var client = NewClient(new CannedWire(new CannedAnswer(200, new() { ["Content-Encoding"] = "gzip" }, [0x1F, 0x8B, 1, 2, 3])));

        var fault = await Assert.ThrowsAsync<AwsException>(() => client.CallAsync("dynamodb:ListTables", default, CancellationToken.None));

        Assert.Equal(AwsFault.Transient, fault.Fault);
    }

    [Fact]
    public async Task An_endless_answer_is_bounded()
    {
        using var client = NewClient(new EndlessHandler());

        var fault = await Assert.ThrowsAsync<AwsException>(() => client.CallAsync("dynamodb:ListTables", default, CancellationToken.None));

        Assert.Contains("larger than", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    public async Task A_redirect_leads_nowhere_outside_S3(int status)
    {
        var wire = new CannedWire(
            new CannedAnswer(status, new() { ["Location"] = "https://elsewhere.example/", ["x-amz-bucket-region"] = "eu-west-2" }, []));
        using var client = NewClient(wire);

        var fault = await Assert.ThrowsAsync<AwsException>(() => client.CallAsync("dynamodb:ListTables", default, CancellationToken.None));

        Assert.Equal((status, 1), (fault.Status, wire.Sent.Count));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_between_its_attempts_ends_as_cancelled()
    {
        using var stub = new Stub(new StubAnswer(400, """{"__type":"ThrottlingException"}"""));
        using var client = new AwsClient(new BasicAWSCredentials("key", "secret"), "eu-west-1", new AwsClientOptions
        {
            Endpoints = AwsEndpointSettings.At(stub.Url),
            Clock = new FakeTimeProvider(),
        });
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.CallAsync("dynamodb:ListTables", default, cancelled.Token));
    }

    [Fact]
    public async Task One_client_serves_many_calls_at_once()
    {
        using var stub = new Stub(new StubAnswer(200, "{}"));
        using var client = new AwsClient(
            new BasicAWSCredentials("key", "secret"), "eu-west-1", new AwsClientOptions { Endpoints = AwsEndpointSettings.At(stub.Url) });
        string[] operations = ["dynamodb:ListTables", "kms:ListKeys", "logs:DescribeLogGroups", "config:DescribeConfigRules"];

        var outputs = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            Task.Run(() => client.CallAsync(operations[i % operations.Length], default, CancellationToken.None))));

        Assert.All(outputs, output => Assert.Equal(JsonValueKind.Object, output.ValueKind));
        Assert.Equal(100, stub.Requests.Count);
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("é")]
    public async Task What_cannot_stand_in_a_header_is_refused_before_anything_is_sent(string value)
    {
        var wire = new CannedWire(CannedAnswer.Empty);
        using var client = NewClient(wire);
        var input = JsonSerializer.SerializeToElement(
            new Dictionary<string, string> { ["Bucket"] = "b-b", ["ExpectedBucketOwner"] = value });

        await Assert.ThrowsAsync<AwsInputException>(() => client.CallAsync("s3:GetBucketPolicy", input, CancellationToken.None));

        Assert.Empty(wire.Sent);
    }

    private static async Task<JsonElement> CallAsync(RawStub wire, int attempts)
    {
        using var client = new AwsClient(new BasicAWSCredentials("key", "secret"), "eu-west-1", new AwsClientOptions
        {
            Endpoints = AwsEndpointSettings.At(wire.Url),
            MaxAttempts = attempts,
        });
        return await client.CallAsync("dynamodb:ListTables", default, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static AwsClient NewClient(HttpMessageHandler wire) =>
        new(new BasicAWSCredentials("key", "secret"), "eu-west-1", new AwsClientOptions { HttpHandler = wire, MaxAttempts = 1 });

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private sealed class EndlessHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream()) });
    }
}
