using System.Net;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Record;

namespace Remediator.Tests.Record;

/// <summary>The SDK's client, whose own calls skip what costs time: it calls DynamoDB as the SDK would.</summary>
public sealed class JournalClientTests
{
    private const string Refused = """
        {"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"Transaction cancelled",
         "CancellationReasons":[{"Code":"ConditionalCheckFailed","Message":"The conditional request failed"}]}
        """;

    private readonly List<(string? At, string? Operation)> _calls = [];
    private readonly List<string> _bodies = [];

    [Fact]
    public async Task Item_is_read_where_the_region_has_its_table()
    {
        using var client = New(HttpStatusCode.OK, """{"Item":{"why":{"S":"a bad day"}}}""");

        var answer = await client.GetItemAsync(new() { TableName = "journal", Key = new() { ["pk"] = new("STOP") } });

        Assert.Equal("a bad day", answer.Item["why"].S);
        Assert.Equal(("https://dynamodb.eu-west-1.amazonaws.com/", "DynamoDB_20120810.GetItem"), Assert.Single(_calls));
    }

    [Fact]
    public async Task Item_is_read_at_the_address_of_the_settings_where_they_have_one()
    {
        using var client = new JournalClient(
            new BasicAWSCredentials("an-id", "a-key"),
            "eu-west-1",
            new AwsClientOptions
            {
                Endpoints = AwsEndpointSettings.At(new("http://journal.test/")),
                HttpHandler = new Handler(this, () => (HttpStatusCode.OK, "{}")),
            });

        await client.GetItemAsync(new() { TableName = "journal", Key = new() { ["pk"] = new("STOP") } });

        Assert.Equal("http://journal.test/", Assert.Single(_calls).At);
    }

    [Fact]
    public async Task Refused_transaction_says_why()
    {
        using var client = New(HttpStatusCode.BadRequest, Refused);
        var delete = new Delete { TableName = "journal", Key = new() { ["pk"] = new("STOP") } };

        var error = await Assert.ThrowsAsync<TransactionCanceledException>(() =>
            client.TransactWriteItemsAsync(new() { TransactItems = [new() { Delete = delete }] }));

        Assert.Equal("ConditionalCheckFailed", Assert.Single(error.CancellationReasons).Code);
        Assert.Equal("DynamoDB_20120810.TransactWriteItems", Assert.Single(_calls).Operation);
    }

    [Fact]
    public async Task Call_that_met_a_throttle_is_made_again_with_the_same_body()
    {
        var answers = new Queue<(HttpStatusCode, string)>([
            (HttpStatusCode.BadRequest, """{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException"}"""),
            (HttpStatusCode.OK, "{}"),
        ]);
        using var client = new JournalClient(
            new BasicAWSCredentials("an-id", "a-key"),
            "eu-west-1",
            new AwsClientOptions { HttpHandler = new Handler(this, answers.Dequeue), MaxAttempts = 2 });

        await client.TransactWriteItemsAsync(new()
        {
            TransactItems = [new() { Delete = new() { TableName = "journal", Key = new() { ["pk"] = new("STOP") } } }],
        });

        Assert.Equal(2, _calls.Count);
        Assert.Equal(_bodies[0], _bodies[1]);
        Assert.Contains("STOP", _bodies[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3421780262", true)]
    [InlineData("1", false)]
    public async Task Answer_that_is_not_what_its_checksum_says_is_not_taken(string checksum, bool isTaken)
    {
        using var client = New(HttpStatusCode.OK, "123456789", ("x-amz-crc32", checksum));

        var fault = await Xunit.Record.ExceptionAsync(() => client.GetItemAsync(new() { TableName = "journal", Key = [] }));

        Assert.Equal(isTaken, fault is not IOException);
    }

    private JournalClient New(HttpStatusCode status, string answer, params (string Name, string Value)[] headers) => new(
        new BasicAWSCredentials("an-id", "a-key"),
        "eu-west-1",
        new AwsClientOptions { HttpHandler = new Handler(this, () => (status, answer), headers), MaxAttempts = 1 });

    private sealed class Handler(
        JournalClientTests test, Func<(HttpStatusCode Status, string Body)> answer, params (string Name, string Value)[] headers)
        : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var operation = request.Headers.TryGetValues("X-Amz-Target", out var target) ? target.Single() : null;
            test._calls.Add((request.RequestUri?.ToString(), operation));
            test._bodies.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            var (status, body) = answer();
            var response = new HttpResponseMessage(status)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0"),
            };
            foreach (var (name, value) in headers)
            {
                response.Headers.Add(name, value);
            }

            return response;
        }
    }
}
