using System.Text.Json;
using Remediator.Aws.Endpoints;
using Remediator.Tests.Aws.Endpoints;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Runs a case of the endpoint rules of one service.</summary>
internal static class EndpointVerdict
{
    public static Task<CaseVerdict> OfAsync(JsonElement testCase)
    {
        var endpoint = EndpointCase.Of(testCase);
        var verdict = new CaseVerdict($"endpoint:{endpoint.Id}", "endpoints", "resolve", CaseEnd.Passed);
        return EndpointResolver.Carries(endpoint.Service)
            ? CaseRun.RunAsync(verdict, testCase, () => Task.FromResult(EndpointCaseCheck.Run(endpoint)))
            : Task.FromResult(verdict with { End = CaseEnd.OfNoModel, Why = "No model names the service." });
    }
}
