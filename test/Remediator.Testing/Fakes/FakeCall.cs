using System.Text.Json;

namespace Remediator.Testing.Fakes;

/// <summary>A call of the fake, successful or not.</summary>
internal sealed record FakeCall(string Account, string Region, string Operation, JsonElement Input)
{
    /// <summary>Whether a call with that name changes a resource.</summary>
    public static bool IsMutating(string operation)
    {
        var name = operation[(operation.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return operation is not ("sns:Publish" or "config:StartConfigRulesEvaluation" or "kms:GenerateMac")
            && !operation.StartsWith("dynamodb:", StringComparison.Ordinal)
            && !operation.StartsWith("sts:", StringComparison.Ordinal)
            && !name.StartsWith("Get", StringComparison.Ordinal)
            && !name.StartsWith("Describe", StringComparison.Ordinal)
            && !name.StartsWith("List", StringComparison.Ordinal)
            && !name.StartsWith("Detect", StringComparison.Ordinal)
            && !name.StartsWith("Lookup", StringComparison.Ordinal);
    }
}
