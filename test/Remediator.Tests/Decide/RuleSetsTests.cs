using Remediator.Decide;

namespace Remediator.Tests.Decide;

public sealed class RuleSetsTests
{
    [Fact]
    public void Sets_are_listed_by_name_and_each_has_rules()
    {
        Assert.Contains("CIS-AWS-v5.0.0", RuleSets.Names);
        Assert.Equal(RuleSets.Names.Order(StringComparer.Ordinal), RuleSets.Names.AsEnumerable());
        Assert.All(RuleSets.Names, name => Assert.NotEmpty(RuleSets.Of([name])));
        Assert.Empty(RuleSets.Of(["unheard-of"]));
    }
}
