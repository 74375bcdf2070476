using Remediator.Incidents;

namespace Remediator.Change;

/// <summary>Finds in a resource's tags who else says what it is to be.</summary>
internal static class Owner
{
    private const string LogicalId = "aws:cloudformation:logical-id";
    private const string StackId = "aws:cloudformation:stack-id";

    public static ResourceOwner? Of(IReadOnlyDictionary<string, string> tags)
    {
        foreach (var (key, value) in tags.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            switch (key)
            {
                case "aws:cloudformation:stack-name":
                    return new(ResourceOwner.Stack, value)
                    {
                        LogicalId = tags.GetValueOrDefault(LogicalId),
                        StackId = tags.GetValueOrDefault(StackId),
                    };
                case "aws:autoscaling:groupName":
                    return new(ResourceOwner.Autoscaler, $"Auto Scaling group {value}");
                case "eks:nodegroup-name" or "aws:eks:cluster-name" or "karpenter.sh/nodepool" or "karpenter.sh/provisioner-name":
                    return new(ResourceOwner.Autoscaler, $"{key} {value}");
                default:
                    break;
            }
        }

        return tags.Keys.Order(StringComparer.Ordinal).FirstOrDefault(key => IsTerraform(key, tags[key])) is { } found
            ? new(ResourceOwner.Terraform, found)
            : null;
    }

    /// <summary>Nothing of Terraform's own marks a resource: these are the tags that people agree on.</summary>
    private static bool IsTerraform(string key, string value)
    {
        var plain = new string([.. key.Where(char.IsLetterOrDigit)]).ToLowerInvariant();
        return plain switch
        {
            "managedby" or "createdby" or "provisionedby" or "provisioner" or "iac" or "iactool" or "deployedby" or "source" =>
                value.Contains("terraform", StringComparison.OrdinalIgnoreCase)
                    || value.Contains("opentofu", StringComparison.OrdinalIgnoreCase),
            _ => plain.StartsWith("terraform", StringComparison.Ordinal) && !value.Equals("false", StringComparison.OrdinalIgnoreCase),
        };
    }
}
