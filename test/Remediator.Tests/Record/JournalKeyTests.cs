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

    [Fact]
    public async Task Function_that_may_not_use_the_key_reads_nothing_and_asks_again_the_next_time()
    {
        aws.On("kms:GenerateMac", _ => throw FakeAws.Error("kms:GenerateMac", "AccessDeniedException", 400));
        using var key = new JournalKey(aws, "key-1", "journal", mayReadWithout: false);

        Assert.Equal(AwsFault.Denied, (await Assert.ThrowsAsync<AwsException>(async () => await key.SealAsync(default))).Fault);
        await Assert.ThrowsAsync<AwsException>(async () => await key.SealAsync(default));
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
