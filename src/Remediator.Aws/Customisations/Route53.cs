using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Customisations;

/// <summary>Route 53 returns ids such as /hostedzone/Z1 but accepts them only as Z1.</summary>
internal static class Route53
{
    public static JsonElement ShortIds(OperationModel operation, JsonElement input)
    {
        foreach (var member in operation.Input?.Members.Values ?? [])
        {
            if (member.Shape.Name is "ResourceId" or "DelegationSetId" or "ChangeId")
            {
                input = InputEdit.Text(input, member.Name, id => id[(id.LastIndexOf('/') + 1)..]);
            }
        }

        return input;
    }
}
