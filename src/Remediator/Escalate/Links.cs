using Remediator.Incidents;

namespace Remediator.Escalate;

/// <summary>Where an incident can be looked at in the console.</summary>
internal static class Links
{
    public static string Timeline(Incident i)
    {
        var host = i.Region switch
        {
            _ when i.Region.StartsWith("cn-", StringComparison.Ordinal) => "console.amazonaws.cn",
            _ when i.Region.StartsWith("us-gov-", StringComparison.Ordinal) => "console.amazonaws-us-gov.com",
            _ => "console.aws.amazon.com",
        };
        var id = Uri.EscapeDataString(i.Resource.Id);
        var type = Uri.EscapeDataString(i.Resource.Type);
        return $"https://{i.Region}.{host}/config/home?region={i.Region}#/resources/timeline?resourceId={id}&resourceType={type}";
    }
}
