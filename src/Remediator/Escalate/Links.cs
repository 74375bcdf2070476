using Remediator.Aws.Endpoints;
using Remediator.Incidents;

namespace Remediator.Escalate;

/// <summary>Where an incident can be looked at in the console.</summary>
internal static class Links
{
    public static IEnumerable<(string What, string Url)> Of(Incident i)
    {
        yield return ("Config timeline", Timeline(i));
        yield return (
            "Config rule",
            $"{Console(i)}/config/home?region={Region(i)}#/rules/details?configRuleName={Uri.EscapeDataString(i.Rule.Name)}");
    }

    public static string Timeline(Incident i)
    {
        var id = Uri.EscapeDataString(i.Resource.Id);
        var type = Uri.EscapeDataString(i.Resource.Type);
        return $"{Console(i)}/config/home?region={Region(i)}#/resources/timeline?resourceId={id}&resourceType={type}";
    }

    private static string Console(Incident i) => $"https://{Region(i)}.{AwsPartition.Of(i.Region).ConsoleHost}";

    private static string Region(Incident i) => Uri.EscapeDataString(i.Region);
}
