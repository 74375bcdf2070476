using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Incidents;

/// <summary>What has become of what an incident changed, as people read it.</summary>
public sealed class InPlaceTests
{
    private static readonly Incident Changed = Some.Incident() with
    {
        State = IncidentState.Fixed,
        FixedAt = Some.Time,
        Change = Some.Planned() with { IsInPlace = true, BeganAt = Some.Time },
    };

    [Theory]
    [InlineData("Fixed", null, "changed, and still in place")]
    [InlineData("Escalated", null, "changed, and still in place")]
    [InlineData("Escalated", "Unconfirmed", "changed, and still in place")]
    [InlineData("Escalated", "Disputed", "changed, and still in place")]
    [InlineData("Escalated", "Contained", "changed, and still in place")]
    [InlineData("Escalated", "Flapping", "changed, and reverted since by somebody")]
    [InlineData("AwaitingApproval", "OverBudget", "changed, and reverted since by somebody")]
    [InlineData("Escalated", "Failed", "changed, and found wrong again since")]
    [InlineData("AwaitingApproval", "Guarded", "changed, and found wrong again since")]
    [InlineData("Fixed", "Failed", "changed, and still in place")]
    public void Change_that_is_in_place_is_told_by_what_was_seen_of_it_since(string state, string? reason, string words) => Assert.Equal(
        words,
        InPlaceWords.Of(Changed with
        {
            State = Enum.Parse<IncidentState>(state),
            Reason = reason is null ? null : Enum.Parse<Reason>(reason),
        }).Words());

    [Fact]
    public void Change_that_never_read_right_is_still_in_place() => Assert.Equal(
        InPlace.Still, InPlaceWords.Of(Changed with { State = IncidentState.Escalated, FixedAt = null, Reason = Reason.Failed }));

    [Fact]
    public void Change_that_was_put_back_is_told_as_far_as_that_is_proved()
    {
        var begun = Changed with { Change = Changed.Change! with { UndoCalls = [new("s3:PutBucketAcl", Some.Json("{}"))] } };

        Assert.Equal("changed; putting it back was begun, and is not proved", InPlaceWords.Of(begun).Words());
        Assert.Equal(
            "changed, and put back as it was",
            InPlaceWords.Of(begun with { Change = begun.Change! with { IsInPlace = false } }).Words());
        Assert.Equal(InPlace.PutBack, InPlaceWords.Of(Changed with { Change = Changed.Change! with { IsInPlace = false } }));
        Assert.Equal(InPlace.Still, InPlaceWords.Of(Changed with { Change = Changed.Change! with { IsTakenBack = true } }));
        Assert.Equal(InPlace.Nothing, InPlaceWords.Of(Some.Incident()));
        Assert.Equal(InPlace.Reverted, InPlaceWords.Of(Some.Incident() with { Reason = Reason.Flapping }));
    }
}
