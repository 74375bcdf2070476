using System.Text;
using Remediator.Function.Handlers;
using Remediator.Function.Logging;
using Remediator.Function.Runtime;
using Remediator.Sweep;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Function;

public sealed class SweepTests
{
    [Fact]
    public async Task Incidents_that_could_not_be_handled_are_answered_and_counted_for_the_alarm()
    {
        await using var host = new InMemoryHost();
        await host.FixedBucketAsync();
        await host.PassAsync(TimeSpan.FromMinutes(10));
        host.Fake.Before = _ => throw new InvalidOperationException("a defect");
        using var output = new MemoryStream();
        var sweep = new Remediator.Function.Handlers.Sweep(host.Service.Sweeper, new Metrics("test", new JsonLines(output), host.Clock));

        var answer = await sweep.HandleAsync(new Invocation("id", host.Now.AddMinutes(1), "", "", default), host.Ct);

        Assert.Equal(1, Json.Parse(Encoding.UTF8.GetString(answer.Span)).Member("failed").GetInt32());
        Assert.Equal(
            1, Json.Parse(Encoding.UTF8.GetString(output.ToArray())).Member(Remediator.Function.Handlers.Sweep.FailedMetric).GetInt32());
    }
}
