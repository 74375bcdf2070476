using Remediator.Aws;
using Remediator.Change.Sessions;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change.Sessions;

/// <summary>A refusal in a limited session says whether the role or the session is the reason.</summary>
public sealed class LimitedAwsTests
{
    private const string Operation = "s3:PutBucketPolicy";
    private const string Report = "Report it; until it is mended, deploy with SessionPolicies=off.";
    private readonly FakeAws _aws = new();

    [Theory]
    [InlineData(
        "Not allowed. ",
        $"Not allowed. The session is limited to its plan: if the role may do this, that limit is too narrow. {Report}")]
    [InlineData(
        "Not allowed, because no Session Policy allows it.",
        "Not allowed, because no Session Policy allows it. The role may do this: the session's policy, made from its plan, is too narrow. "
        + $"Nothing has to be granted. {Report}")]
    public async Task Refusal_says_what_is_to_be_done(string says, string message)
    {
        _aws.On(Operation, _ => throw new AwsException(Operation, "AccessDenied", 403, "r-1", says) { Attempts = 3 });
        var limited = new LimitedAws(_aws, "its plan");

        var called = await Assert.ThrowsAsync<AwsException>(() => limited.CallAsync(Operation, Json.EmptyObject, CancellationToken.None));
        var read = await Assert.ThrowsAsync<AwsException>(
            () => limited.PagesAsync(Operation, Json.EmptyObject, CancellationToken.None).ToListAsync().AsTask());

        Assert.All([called, read], error => Assert.Equal(
            (Operation, "AccessDenied", 403, "r-1", 3, AwsFault.Denied, message),
            (error.Operation, error.Code, error.Status, error.RequestId, error.Attempts, error.Fault, error.ServiceMessage)));
    }

    [Fact]
    public async Task Other_errors_and_answers_pass_as_they_are()
    {
        var limited = new LimitedAws(_aws, "its plan");
        _aws.On(Operation, """{"a":1}""");
        Assert.Equal("""{"a":1}""", (await limited.CallAsync(Operation, Json.EmptyObject, CancellationToken.None)).GetRawText());
        Assert.Equal(
            ["""{"a":1}"""],
            (await limited.PagesAsync(Operation, Json.EmptyObject, CancellationToken.None).ToListAsync()).Select(p => p.GetRawText()));

        _aws.On(Operation, _ => throw FakeAws.Error(Operation, "NoSuchBucket", 404));
        Assert.Equal("the fake says NoSuchBucket", (await Assert.ThrowsAsync<AwsException>(
            () => limited.CallAsync(Operation, Json.EmptyObject, CancellationToken.None))).ServiceMessage);
        Assert.Equal("the fake says NoSuchBucket", (await Assert.ThrowsAsync<AwsException>(
            () => limited.PagesAsync(Operation, Json.EmptyObject, CancellationToken.None).ToListAsync().AsTask())).ServiceMessage);
    }
}
