using System.Text.Json;
using System.Text.Json.Nodes;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>A real operation, with this project's model or botocore's.</summary>
internal static class SampleCase
{
    public static JsonElement WithToken(JsonElement sample, JsonElement file)
    {
        var node = JsonObject.Create(sample)!;
        node["token"] = file.TryGetProperty("token", out var token) ? token.GetString() : CaseClient.Token;
        return JsonElement.Parse(node.ToJsonString());
    }

    public static async Task<CaseVerdict> RunAsync(JsonElement sample)
    {
        var verdict = new CaseVerdict(
            $"sample:{sample.GetProperty("id").GetString()}", sample.GetProperty("protocol").GetString()!, "sample", CaseEnd.Passed);
        var operation = FullModels.Find(sample.GetProperty("service").GetString()!, sample.GetProperty("operation").GetString()!);
        return operation is null
            ? verdict with { End = CaseEnd.NotApplicable, Why = "No model of it is here, and no botocore to give one." }
            : await CaseRun.RunAsync(
                verdict, sample, () => SampleOperation.RunAsync(sample, operation, sample.GetProperty("token").GetString()!));
    }
}
