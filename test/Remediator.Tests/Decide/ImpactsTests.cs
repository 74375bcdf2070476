using Remediator.Decide;
using Remediator.Playbooks;

namespace Remediator.Tests.Decide;

public sealed class ImpactsTests
{
    [Fact]
    public void Each_impact_is_told_in_a_sentence_of_its_own_with_the_word_of_the_policy_where_it_has_one()
    {
        var told = Enum.GetValues<Impact>().ToDictionary(i => i, Impacts.Says);

        Assert.Equal("Nobody notices the change.", told[Impact.None]);
        Assert.Equal("The change cannot be taken back (impact irreversible).", told[Impact.Irreversible]);
        Assert.All(
            told.Where(t => t.Key is not Impact.None),
            t => Assert.Matches($@"^[A-Z].{{20,}} \(impact {t.Key.ToString().ToLowerInvariant()}\)\.$", t.Value));
    }
}
