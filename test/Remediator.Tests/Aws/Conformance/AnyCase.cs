using System.Text.Json;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Runs a case of any kind.</summary>
internal static class AnyCase
{
    public static Task<CaseVerdict> RunAsync(JsonElement testCase)
    {
        bool Has(string name) => testCase.TryGetProperty(name, out _);
        if (Has("direction"))
        {
            return ProtocolCase.RunAsync(testCase);
        }

        if (Has("request_line"))
        {
            return SigningCase.RunAsync(testCase);
        }

        return Has("request") ? SampleCase.RunAsync(testCase) : EndpointVerdict.OfAsync(testCase);
    }
}
