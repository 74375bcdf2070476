using System.Text.RegularExpressions;
using Remediator.Incidents;

namespace Remediator.Tests.Incidents;

/// <summary>Words of the policy and of people for values of the journal.</summary>
public sealed class ModeTests
{
    [Fact]
    public void Each_value_that_the_policy_names_is_called_by_its_name_in_small_letters()
    {
        Assert.Equal(Words<Mode>(), ModeNames.All);
        Assert.Equal(Words<Severity>(), SeverityNames.All);
        Assert.Equal(Words<Aim>(), AimNames.All.AsEnumerable());
        Assert.Equal(Words<TagSource>(), TagSourceNames.All.AsEnumerable());
        Assert.Equal(Words<Mode>(), Enum.GetValues<Mode>().Select(m => m.Name()));
        Assert.Equal(Words<Severity>(), Enum.GetValues<Severity>().Select(s => s.Name()));
    }

    private static IEnumerable<string> Words<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(name => Regex.Replace(name, "(?<=.)[A-Z]", "-$0").ToLowerInvariant());
}
