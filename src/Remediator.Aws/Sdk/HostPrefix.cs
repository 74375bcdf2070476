using System.Text.Json;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>The prefix that an operation adds to its endpoint's host.</summary>
internal static class HostPrefix
{
    /// <exception cref="AwsInputException">A label is not valid in a host name.</exception>
    public static string? Of(OperationModel operation, JsonElement input)
    {
        var prefix = operation.HostPrefix;
        if (prefix is null || !prefix.Contains('{', StringComparison.Ordinal))
        {
            return prefix;
        }

        foreach (var member in operation.Input?.Members.Values.Where(member => member.Reference.HostLabel) ?? [])
        {
            var label = InputValue.TryGet(input, member.Name, out var value) ? value.GetString() ?? "" : "";
            if (!IsLabel(label))
            {
                throw new AwsInputException(operation.FullName, member.Name, $"is part of the host name, which '{label}' cannot be.");
            }

            prefix = prefix.Replace($"{{{member.Name}}}", label, StringComparison.Ordinal);
        }

        return prefix;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && !label.StartsWith('-') && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
}
