using System.Text.Json;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>The real operations of a file, each with the model that it needs.</summary>
internal static class SampleCase
{
    public static async Task<List<CaseVerdict>> RunAsync(JsonElement file)
    {
        var verdicts = new List<CaseVerdict>();
        foreach (var sample in file.GetProperty("ops").EnumerateArray())
        {
            verdicts.Add(await RunAsync(sample, file.GetProperty("token").GetString()!));
        }

        return verdicts;
    }

    private static async Task<CaseVerdict> RunAsync(JsonElement sample, string token)
    {
        var verdict = new CaseVerdict($"sample:{sample.GetProperty("id").GetString()}", sample.GetProperty("protocol").GetString()!, "sample", CaseEnd.Passed);
        var operation = FullModels.Find(sample.GetProperty("service").GetString()!, sample.GetProperty("operation").GetString()!);
        return operation is null
            ? verdict with { End = CaseEnd.NotApplicable, Why = "no model of it is here" }
            : await CaseRun.RunAsync(verdict, sample, () => SampleOperation.RunAsync(sample, operation, token));
    }
}
