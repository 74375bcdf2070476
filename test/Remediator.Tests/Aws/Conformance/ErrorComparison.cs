using System.Text.Json;
using Remediator.Aws;
using Remediator.Aws.Models;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Compares an error with what a case expects; only the members that the model defines.</summary>
internal static class ErrorComparison
{
    public static string? Difference(JsonElement expected, AwsException fault, OperationModel operation)
    {
        var code = expected.GetProperty("code").GetString()!;
        if (fault.Code != code)
        {
            return $"code: expected {code}, is {fault.Code} ({fault.Message})";
        }

        if (expected.GetProperty("message").GetString() is { } message && fault.ServiceMessage != message)
        {
            return $"message: expected {message}, is {fault.ServiceMessage}";
        }

        return expected.TryGetProperty("members", out var members) ? Members(members, fault, operation) : null;
    }

    private static string? Members(JsonElement expected, AwsException fault, OperationModel operation)
    {
        var shape = operation.Error(fault.Code);
        foreach (var member in expected.EnumerateObject())
        {
            if (!fault.Members.TryGetProperty(member.Name, out var actual))
            {
                return $"member {member.Name}: missing";
            }

            var wanted = CaseValues.ToOutput(member.Value, shape?.Members[member.Name].Shape);
            if (JsonComparison.Difference(wanted, actual, member.Name) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }
}
