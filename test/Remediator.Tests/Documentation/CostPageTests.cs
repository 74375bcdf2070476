using System.Diagnostics;
using Remediator.Emulator;

namespace Remediator.Tests.Documentation;

public sealed class CostPageTests
{
    [Fact]
    public async Task Table_of_costs_is_the_one_that_is_computed()
    {
        using var check = Process.Start(
            new ProcessStartInfo("python3", [Repository.At("perf/cost.py"), "--check"]) { RedirectStandardError = true })!;
        var said = await check.StandardError.ReadToEndAsync();
        await check.WaitForExitAsync();

        Assert.True(check.ExitCode == 0, said);
    }
}
