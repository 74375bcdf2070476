using System.Text.RegularExpressions;
using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Incidents;

/// <summary>What reasons are called, and what they mean to people.</summary>
public sealed class ReasonMeaningTests
{
    private static readonly Reason[] All = Enum.GetValues<Reason>();

    [Fact]
    public void Each_reason_is_called_by_its_name_in_small_letters() => Assert.All(
        All, reason => Assert.Equal(Regex.Replace($"{reason}", "(?<=.)[A-Z]", "-$0").ToLowerInvariant(), reason.Name()));

    [Fact]
    public void Each_reason_says_what_became_of_the_fix_and_what_to_do()
    {
        Assert.All(All, reason =>
        {
            var told = ReasonMeaning.Of(reason);
            Assert.Matches("^[A-Z][^.]{10,}$", told.Headline);
            Assert.Matches("^[a-z][^.]{8,25}$", told.InShort);
            Assert.Matches(@"^[A-Z].{20,}[^.]\.$", told.Todo);
            Assert.Matches(@"^(|It is .{15,}\.|It goes on by itself when .{15,}\.)$", told.GoesOn ?? "");
        });
        Assert.Equal(All.Length, All.Select(r => ReasonMeaning.Of(r).Headline).Distinct().Count());
    }

    [Fact]
    public void What_goes_on_by_itself_says_when() => Assert.Equal(
        [Reason.ThrottledOut, Reason.OverBudget, Reason.Frozen, Reason.BreakerOpen, Reason.AlarmRang, Reason.Announced],
        All.Where(r => ReasonMeaning.Of(r).GoesOn is not null).Order());

    [Theory]
    [InlineData("Guarded NotPermitted NotVerified Flapping Conflict Failed NotConfigured TooOld CauseElsewhere ChangedSince NotQuiet "
        + "OwnedByStack OwnedByTerraform OwnedByAutoscaler AlarmRang ReferenceGone", true, false)]
    [InlineData("Unsupported Unconfirmed NeverCompliant NoHistory Masked Contained", false, true)]
    [InlineData("NotFound Disputed", true, true)]
    [InlineData("ApprovalNeeded Announced ThrottledOut OverBudget Frozen BreakerOpen IdentityChanged", false, false)]
    public void Person_is_offered_what_can_help(string reasons, bool mayRetry, bool mayReevaluate) => Assert.Equal(
        reasons.Split(' ').Order(),
        All.Where(r => ReasonMeaning.Of(r) is var told && (told.MayRetry, told.MayReevaluate) == (mayRetry, mayReevaluate))
            .Select(r => $"{r}").Order());

    [Theory]
    [InlineData("Failed", "Not undone, it failed")]
    [InlineData("Conflict", "Stopped, somebody else changed it")]
    public void Undo_that_stopped_is_told_as_one(string reason, string headline)
    {
        var incident = Some.Incident() with
        {
            Reason = Enum.Parse<Reason>(reason),
            Change = Some.Planned() with { IsInPlace = true, IsTakenBack = true },
        };

        Assert.Equal(new(headline, "not undone", "Do what it stopped for, then undo it again."), ReasonMeaning.Of(incident));
        Assert.Null(ReasonMeaning.Of(incident with { Reason = null }));
        Assert.Equal(
            ReasonMeaning.Of(incident.Reason!.Value),
            ReasonMeaning.Of(incident with { Change = incident.Change with { IsTakenBack = false } }));
    }

    [Fact]
    public void Reason_of_a_later_version_is_told_by_its_name()
    {
        var told = ReasonMeaning.Of(LaterValues.Read<Reason>("NewestOfAll"));

        Assert.Equal(
            new(
                "Stopped: NewestOfAll",
                "NewestOfAll",
                "A later version of this service knows the reason: deploy that version, or read the history."),
            told);
    }

    [Fact]
    public void Severity_that_is_not_said_is_a_warning()
    {
        Assert.Equal(Severity.Warning, SeverityNames.Of(null));
        Assert.Equal(
            [Severity.Critical, Severity.Error, Severity.Warning, Severity.Info],
            new[] { "critical", "error", "warning", "info" }.Select(SeverityNames.Of));
    }
}
