using Remediator.Incidents;

namespace Remediator.Tests.Incidents;

public sealed class TagSourceTests
{
    [Fact]
    public void Sources_are_called_as_the_policy_writes_them() => Assert.Equal(
        ["policy", "recorded", "stack", "parent", "account"], TagSourceNames.All.AsEnumerable());
}
