using System.Text.Json;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>A case of a protocol suite.</summary>
internal static class ProtocolCase
{
    public static async Task<CaseVerdict> RunAsync(JsonElement testCase)
    {
        var direction = testCase.GetProperty("direction").GetString()!;
        var verdict = new CaseVerdict(KeyOf(testCase), testCase.GetProperty("protocol").GetString()!, direction, CaseEnd.Passed);
        return await CaseRun.RunAsync(
            verdict, testCase, () => direction == "input" ? InputCase.RunAsync(testCase) : OutputCase.RunAsync(testCase));
    }

    private static string KeyOf(JsonElement testCase) =>
        testCase.TryGetProperty("key", out var key)
            ? key.GetString()!
            : $"{testCase.GetProperty("suite").GetString()}:{testCase.GetProperty("id").GetString()}";
}
