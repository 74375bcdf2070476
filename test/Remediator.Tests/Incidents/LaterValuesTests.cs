using Remediator.Incidents;

namespace Remediator.Tests.Incidents;

/// <summary>Names that only a later version knows are values, each its own.</summary>
public sealed class LaterValuesTests
{
    [Fact]
    public void Name_that_this_version_does_not_know_is_the_same_value_each_time_and_no_other_name_is()
    {
        var (first, second) = (LaterValues.Read<Weather>("Hail"), LaterValues.Read<Weather>("Fog"));

        Assert.Equal(first, LaterValues.Read<Weather>("Hail"));
        Assert.Equal(second, LaterValues.Read<Weather>("Fog"));
        Assert.NotEqual(first, second);
        Assert.Equal(["Hail", "Fog"], [first.LaterName(), second.LaterName()]);
    }

    private enum Weather
    {
        Rain,
    }
}
