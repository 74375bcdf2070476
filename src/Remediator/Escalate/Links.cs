using Remediator.Aws.Endpoints;
using Remediator.Incidents;

namespace Remediator.Escalate;

/// <summary>Where an incident can be looked at in the console.</summary>
internal static class Links
{
    public static string Timeline(Incident i)
    {
        var id = Uri.EscapeDataString(i.Resource.Id);
        var type = Uri.EscapeDataString(i.Resource.Type);
        return $"https://{i.Region}.{AwsPartition.Of(i.Region).ConsoleHost}/config/home?region={i.Region}#/resources/timeline?resourceId={id}&resourceType={type}";
    }
}
