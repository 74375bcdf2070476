using Remediator.Aws.Endpoints;
using Xunit.Abstractions;

namespace Remediator.Tests.Aws.Endpoints;

public sealed class EndpointCases(ITestOutputHelper output)
{
    [Fact]
    public void Every_case_of_a_carried_service_gives_the_endpoint_it_expects_or_is_listed_as_differing()
    {
        var (passed, notApplicable, failures) = (0, 0, new List<string>());

        foreach (var @case in EndpointCaseFiles.Read())
        {
            switch (EndpointResolver.Carries(@case.Service) ? EndpointCaseCheck.Run(@case) : "not carried")
            {
                case null:
                    passed++;
                    break;
                case var _ when !EndpointResolver.Carries(@case.Service) || DifferingCases.Include(@case):
                    notApplicable++;
                    break;
                case var difference:
                    failures.Add($"{@case.Id}: {difference}");
                    break;
            }
        }

        var summary = $"endpoint cases: {passed} passed, {failures.Count} failed, {notApplicable} not applicable";
        output.WriteLine(summary);
        Console.WriteLine(summary);
        Assert.True(failures is [], string.Join('\n', [summary, .. failures.Take(20)]));
        Assert.True(passed >= 90, summary);
    }
}
