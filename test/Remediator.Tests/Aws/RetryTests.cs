using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;
using Microsoft.Extensions.Time.Testing;
using Remediator.Aws;

namespace Remediator.Tests.Aws;

public sealed class RetryTests
{
    private static readonly StubAnswer Throttled = new(400, """{"__type":"ThrottlingException","message":"Rate exceeded"}""");
    private static readonly StubAnswer Tables = new(200, """{"TableNames":["a"]}""");
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_throttled_call_succeeds_when_it_is_repeated()
    {
        using var stub = new Stub(Throttled, Tables);

        var output = await CallAsync(stub, attempts: 3);

        Assert.Equal("a", output.GetProperty("TableNames")[0].GetString());
        Assert.Equal(2, stub.Requests.Count);
    }

    [Fact]
    public async Task The_exception_tells_the_attempts_and_how_long_they_were_apart()
    {
        using var stub = new Stub(Throttled);

        var fault = await Assert.ThrowsAsync<AwsException>(() => CallAsync(stub, attempts: 3));

        Assert.Equal(AwsFault.Throttling, fault.Fault);
        Assert.Equal(3, fault.Attempts);
        Assert.Equal(3, stub.Requests.Count);
        Assert.True(fault.Backoff > TimeSpan.Zero);
    }

    [Fact]
    public async Task What_is_not_permitted_is_not_repeated()
    {
        using var stub = new Stub(new StubAnswer(400, """{"__type":"AccessDeniedException","Message":"no"}"""));

        var fault = await Assert.ThrowsAsync<AwsException>(() => CallAsync(stub, attempts: 3));

        Assert.Equal(AwsFault.Denied, fault.Fault);
        Assert.Equal(1, fault.Attempts);
        Assert.Equal(TimeSpan.Zero, fault.Backoff);
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_broken_answer_is_asked_for_again()
    {
        using var stub = new Stub(new StubAnswer(200, """{"TableNames":["""), Tables);

        var output = await CallAsync(stub, attempts: 3);

        Assert.Equal(1, output.GetProperty("TableNames").GetArrayLength());
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_a_passing_fault_with_all_attempts_spent()
    {
        var stub = new Stub(Tables);
        stub.Dispose();

        var fault = await Assert.ThrowsAsync<AwsException>(() => CallAsync(stub, attempts: 2));

        Assert.Equal(("NoAnswer", AwsFault.Transient, 2, 0), (fault.Code, fault.Fault, fault.Attempts, fault.Status));
    }

    [Fact]
    public async Task The_clock_is_corrected_by_the_services_own_and_the_call_repeated()
    {
        var theirs = DateTimeOffset.UtcNow.AddHours(3);
        using var stub = new Stub(
            new StubAnswer(
                400,
                """{"__type":"RequestTimeTooSkewed","message":"late"}""",
                ("Date", theirs.ToString("r", CultureInfo.InvariantCulture))),
            Tables);

        await CallAsync(stub, attempts: 3);

        var signedAt = DateTimeOffset.ParseExact(
            stub.Requests[1].Headers["X-Amz-Date"]!, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.True((signedAt - theirs).Duration() < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_service_whose_clock_is_another_each_time_is_not_asked_for_ever()
    {
        static StubAnswer Late(int hours) => new(
            400,
            """{"__type":"RequestTimeTooSkewed","message":"late"}""",
            ("Date", DateTimeOffset.UtcNow.AddHours(hours).ToString("r", CultureInfo.InvariantCulture)));
        using var stub = new Stub(Late(3), Late(-3), Late(6), Late(-6), Tables);

        var fault = await Assert.ThrowsAsync<AwsException>(() => CallAsync(stub, attempts: 3));

        Assert.Equal((AwsFault.ClockSkew, 3), (fault.Fault, stub.Requests.Count));
    }

    [Fact]
    public async Task The_idempotency_token_stays_the_same_from_attempt_to_attempt()
    {
        using var stub = new Stub(Throttled, new StubAnswer(200, "{}"));
        using var client = NewClient(stub, 3);

        await RunAsync(
            client.CallAsync(
                "dynamodb:TransactWriteItems",
                JsonElement.Parse("""{"TransactItems":[{"Delete":{"TableName":"t","Key":{"pk":{"S":"a"}}}}]}"""),
                CancellationToken.None));

        Assert.Contains("ClientRequestToken", stub.Requests[0].Body, StringComparison.Ordinal);
        Assert.Equal(stub.Requests[0].Body, stub.Requests[1].Body);
    }

    [Fact]
    public async Task A_body_that_stalls_does_not_hold_the_call_for_ever()
    {
        using var client = new AwsClient(new BasicAWSCredentials("key", "secret"), "eu-west-1", new AwsClientOptions
        {
            HttpHandler = new StallingHandler(),
            AttemptTimeout = TimeSpan.FromMilliseconds(200),
            MaxAttempts = 1,
        });

        var fault = await Assert.ThrowsAsync<AwsException>(() => client.CallAsync("dynamodb:ListTables", default, CancellationToken.None));

        Assert.Equal(AwsFault.Transient, fault.Fault);
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        using var client = new AwsClient(
            new BasicAWSCredentials("key", "secret"), "eu-west-1", new AwsClientOptions { HttpHandler = new StallingHandler() });
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.CallAsync("dynamodb:ListTables", default, cancelled.Token));
    }

    private async Task<JsonElement> CallAsync(Stub stub, int attempts)
    {
        using var client = NewClient(stub, attempts);
        return await RunAsync(client.CallAsync("dynamodb:ListTables", default, CancellationToken.None));
    }

    private AwsClient NewClient(Stub stub, int attempts) => new(new BasicAWSCredentials("key", "secret"), "eu-west-1", new AwsClientOptions
    {
        Endpoints = AwsEndpointSettings.At(stub.Url),
        Clock = clock,
        MaxAttempts = attempts,
    });

    private async Task<JsonElement> RunAsync(Task<JsonElement> call)
    {
        while (!call.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            await Task.WhenAny(call, Task.Delay(5));
        }

        return await call;
    }
}
