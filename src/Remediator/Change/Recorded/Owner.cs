using System.Text.Json;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>Who else says what a resource is to be, as far as its tags tell.</summary>
/// <param name="Reason">Why a person is asked.</param>
/// <param name="Says">In a sentence.</param>
internal sealed record Owner(Reason Reason, string Says)
{
    public static Owner? Of(JsonElement tags)
    {
        var read = tags.IsObject() ? tags.EnumerateObject().Select(t => (Key: t.Name, Value: t.Value.ToString())).ToList() : [];
        foreach (var (key, value) in read)
        {
            switch (key)
            {
                case "aws:cloudformation:stack-name":
                    return new(
                        Reason.OwnedByStack, $"CloudFormation stack {value} owns it: its next deployment may undo what is put back.");
                case "aws:autoscaling:groupName":
                    return new(Reason.OwnedByAutoscaler, $"Auto Scaling group {value} owns it, and may replace it.");
                case "eks:nodegroup-name" or "aws:eks:cluster-name" or "karpenter.sh/nodepool" or "karpenter.sh/provisioner-name":
                    return new(Reason.OwnedByAutoscaler, $"{key} {value} owns it, and may replace it.");
                default:
                    break;
            }
        }

        return read.FirstOrDefault(t => IsTerraform(t.Key, t.Value)) is { Key: { } found }
            ? new(Reason.OwnedByTerraform, $"Terraform owns it (tag {found}): the next apply may undo what is put back.")
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
