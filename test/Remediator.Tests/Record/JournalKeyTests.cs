using Amazon.DynamoDBv2.Model;
using Remediator.Aws;
using Remediator.Record;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Record;

/// <summary>KMS is called once per process, and only when an incident is read or written.</summary>
public sealed class JournalKeyTests
{
    private readonly FakeAws aws = new();

    [Fact]
    public async Task KMS_is_asked_once_however_many_ask()
    {
        aws.On("kms:GenerateMac", input => input.TextOf("KeyId") is "key-1" && input.TextOf("MacAlgorithm") is "HMAC_SHA_256"
            ? Json.Object([new("Mac", Json.Text(Convert.ToBase64String(new byte[32])))])
            : throw FakeAws.Error("kms:GenerateMac", "ValidationException", 400));
        using var key = new JournalKey(aws, "key-1", "journal", mayReadWithout: false);
        Assert.Empty(aws.Calls);

        var seals = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => await key.SealAsync(default)));

        Assert.All(seals, s => Assert.Same(seals[0], s));
        Assert.NotNull(seals[0]);
        Assert.Equal(["kms:GenerateMac"], aws.Calls);
    }

    /// <summary>Those that came while it was asked for wait for the answer, and take it.</summary>
    [Fact]
    public async Task KMS_is_asked_once_also_by_many_at_a_time()
    {
        var answers = new TaskCompletionSource();
        aws.Before = _ => answers.Task;
        aws.On("kms:GenerateMac", """{"Mac":"AAEC"}""");
        using var key = new JournalKey(aws, "key-1", "journal", mayReadWithout: false);

        var asking = Enumerable.Range(0, 5).Select(_ => key.SealAsync(default).AsTask()).ToList();
        answers.SetResult();

        Assert.Single((await Task.WhenAll(asking)).Distinct());
        Assert.Equal(["kms:GenerateMac"], aws.Calls);
    }

    [Fact]
    public async Task Function_that_may_not_use_the_key_reads_nothing_and_asks_again_the_next_time()
    {
        aws.On("kms:GenerateMac", _ => throw FakeAws.Error("kms:GenerateMac", "AccessDeniedException", 400));
        using var key = new JournalKey(aws, "key-1", "journal", mayReadWithout: false);

        Assert.Equal(AwsFault.Denied, (await Assert.ThrowsAsync<AwsException>(async () => await key.SealAsync(default))).Fault);
        await Assert.ThrowsAsync<AwsException>(async () => await key.SealAsync(default));
    }

    [Fact]
    public async Task Answer_without_a_MAC_makes_no_seal()
    {
        aws.On("kms:GenerateMac", "{}");
        using var key = new JournalKey(aws, "key-1", "journal", mayReadWithout: true);

        var error = await Assert.ThrowsAsync<AwsException>(async () => await key.SealAsync(default));

        Assert.Equal(
            ("kms:GenerateMac", "NoMac", "The answer holds no MAC.", ""),
            (error.Operation, error.Code, error.ServiceMessage, error.RequestId));
    }

    /// <summary>Another message would be another key: every item written so far would count as forged.</summary>
    [Theory]
    [InlineData("key-1", "key-1")]
    [InlineData(null, "")]
    public async Task Seal_is_made_of_what_KMS_answers_to_the_message_that_never_changes(string? id, string asked)
    {
        aws.On("kms:GenerateMac", """{"Mac":"AAEC"}""");
        using var key = new JournalKey(aws, id, "journal", mayReadWithout: false);

        var item = new Dictionary<string, AttributeValue> { ["pk"] = new("a") };
        new ItemSeal([0, 1, 2], "journal").Set(item);

        Assert.True((await key.SealAsync(default))!.Holds(item));
        var input = Assert.Single(aws.All).Input;
        Assert.Equal((asked, "HMAC_SHA_256"), (input.TextOf("KeyId"), input.TextOf("MacAlgorithm")));
        Assert.Equal("cmVtZWRpYXRvciBqb3VybmFsLCBzZWFsIG9mIGl0cyBpdGVtcywgMQ==", input.TextOf("Message"));
    }

    /// <summary>KMS that fails otherwise is no reason to go without the seal.</summary>
    [Fact]
    public async Task Person_whose_key_fails_otherwise_does_not_look_without_it()
    {
        aws.On("kms:GenerateMac", _ => throw FakeAws.Error("kms:GenerateMac", "ValidationException", 400));
        using var key = new JournalKey(aws, "key-1", "journal", mayReadWithout: true);

        await Assert.ThrowsAsync<AwsException>(async () => await key.SealAsync(default));
        aws.On("kms:GenerateMac", """{"Mac":"AAEC"}""");
        Assert.NotNull(await key.SealAsync(default));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key-1")]
    public async Task Person_without_the_key_may_look(string? id)
    {
        aws.On("kms:GenerateMac", _ => throw FakeAws.Error("kms:GenerateMac", "AccessDeniedException", 400));
        using var key = new JournalKey(aws, id, "journal", mayReadWithout: true);

        Assert.Null(await key.SealAsync(default));
        Assert.Null(await key.SealAsync(default));
        Assert.Equal(id is null ? 0 : 1, aws.Calls.Count);
    }
}
