using Amazon.DynamoDBv2.Model;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;

namespace Remediator.Tests.Record;

/// <summary>Why a change does not begin, by the item that was in its way.</summary>
public sealed class BeginCheckTests
{
    private static readonly Budget Breaker = new("failures", 3, Some.Time) { IsBreaker = true };

    [Theory]
    [InlineData("a bad day", "a bad day")]
    [InlineData(null, "all changes are stopped")]
    public void Stop_says_why(string? why, string says)
    {
        var item = new Dictionary<string, AttributeValue> { ["pk"] = new("control#stop") };
        if (why is not null)
        {
            item["why"] = new(why);
        }

        Assert.Equal(new Begun.Stopped(says), new BeginCheck(null).Refused(item));
        Assert.Equal(new Begun.Stopped("all changes are stopped"), new BeginCheck(null).Refused([]));
        Assert.Equal(new Begun.Stopped("all changes are stopped"), new BeginCheck(null).Refused(null));
    }

    /// <summary>With fewer failures it may be half-open: it is counted then.</summary>
    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void Breaker_is_open_from_its_limit_on(int failures, bool isOpen)
    {
        var item = new Dictionary<string, AttributeValue> { ["n"] = DynamoItems.Number(failures) };

        Assert.Equal(isOpen ? new Begun.OverBudget(Breaker) : null, new BeginCheck(Breaker).Refused(item));
        Assert.Equal(new Begun.OverBudget(Breaker), new BeginCheck(Breaker) { IsHalfOpen = true }.Refused(item));
    }

    [Fact]
    public void Breaker_without_a_count_may_be_half_open()
    {
        Assert.Null(new BeginCheck(Breaker).Refused(null));
        Assert.Null(new BeginCheck(Breaker).Refused([]));
        Assert.Null(new BeginCheck(Breaker).Refused(new() { ["n"] = new("no number") }));
    }
}
