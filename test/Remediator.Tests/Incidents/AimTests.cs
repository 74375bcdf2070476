using Remediator.Incidents;

namespace Remediator.Tests.Incidents;

public sealed class AimTests
{
    [Fact]
    public void Aims_are_called_as_the_policy_writes_them() => Assert.Equal(["wanted", "last-compliant"], AimNames.All.AsEnumerable());
}
