using System.Net;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Telemetry;
using Amazon.Runtime.Telemetry.Tracing;
using Moq;
using Remediator.Record;

namespace Remediator.Tests.Record;

/// <summary>The SDK's client, whose own calls skip what costs time: it calls DynamoDB as the SDK would.</summary>
public sealed class JournalClientTests
{
    private const string Refused = """
        {"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"Transaction cancelled",
         "CancellationReasons":[{"Code":"ConditionalCheckFailed","Message":"The conditional request failed"}]}
        """;

    private readonly Mock<TraceSpan> _span = new();
    private readonly List<(string? At, string? Operation)> _calls = [];

    [Fact]
    public async Task Item_is_read_where_the_region_has_its_table()
    {
        using var client = New(HttpStatusCode.OK, """{"Item":{"why":{"S":"a bad day"}}}""");

        var answer = await client.GetItemAsync(new() { TableName = "journal", Key = new() { ["pk"] = new("STOP") } });

        Assert.Equal("a bad day", answer.Item["why"].S);
        Assert.Equal(("https://dynamodb.eu-west-1.amazonaws.com/", "DynamoDB_20120810.GetItem"), Assert.Single(_calls));
    }

    [Fact]
    public async Task Refused_transaction_says_why_and_its_stack_is_written_out_for_nobody()
    {
        using var client = New(HttpStatusCode.BadRequest, Refused);
        var delete = new Delete { TableName = "journal", Key = new() { ["pk"] = new("STOP") } };

        var error = await Assert.ThrowsAsync<TransactionCanceledException>(() =>
            client.TransactWriteItemsAsync(new() { TransactItems = [new() { Delete = delete }] }));

        Assert.Equal("ConditionalCheckFailed", Assert.Single(error.CancellationReasons).Code);
        Assert.Equal("DynamoDB_20120810.TransactWriteItems", Assert.Single(_calls).Operation);
        _span.Verify(x => x.RecordException(It.IsAny<Exception>(), It.IsAny<Attributes>()), Times.Never);
    }

    private JournalClient New(HttpStatusCode status, string answer)
    {
        var tracer = new Mock<Tracer>();
        tracer.Setup(t => t.CreateSpan(It.IsAny<string>(), It.IsAny<Attributes>(), It.IsAny<SpanKind>(), It.IsAny<SpanContext>()))
            .Returns(_span.Object);
        var tracers = new Mock<TracerProvider>();
        tracers.Setup(t => t.GetTracer(It.IsAny<string>())).Returns(tracer.Object);
        tracers.Setup(t => t.GetTracer(It.IsAny<string>(), It.IsAny<Attributes>())).Returns(tracer.Object);
        var config = new AmazonDynamoDBConfig
        {
            RegionEndpoint = Amazon.RegionEndpoint.EUWest1,
            HttpClientFactory = new Answering(this, status, answer),
            MaxErrorRetry = 0,
        };
        config.TelemetryProvider.RegisterTracerProvider(tracers.Object);
        return new(new BasicAWSCredentials("an-id", "a-key"), config);
    }

    private sealed class Answering(JournalClientTests test, HttpStatusCode status, string answer) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(test, status, answer));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }

    private sealed class Handler(JournalClientTests test, HttpStatusCode status, string answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var operation = request.Headers.TryGetValues("X-Amz-Target", out var target) ? target.Single() : null;
            test._calls.Add((request.RequestUri?.ToString(), operation));
            return Task.FromResult(new HttpResponseMessage(status)
            {
                Content = new StringContent(answer, Encoding.UTF8, "application/x-amz-json-1.0"),
            });
        }
    }
}
