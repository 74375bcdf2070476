using System.Text.Json;
using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>AWS Config records, in every account and region that is served.</summary>
internal sealed class RecorderCheck : ICheck
{
    public string Name => "recorder";

    public IEnumerable<Look> Looks(DeploymentView on) => on.Places.Select(place => Look.One($"{place}", async ct =>
    {
        var status = await on.In(place).CallAsync("config:DescribeConfigurationRecorderStatus", Json.EmptyObject, ct);
        return Of(place, [.. status.Each("ConfigurationRecordersStatus").OrderBy(s => !s.IsTrue("recording"))]);
    }));

    private static Found Of(Place place, JsonElement[] recorders)
    {
        if (recorders is [])
        {
            return Found.Fail(
                "AWS Config has no recorder here: no rule finds anything.",
                $"aws configservice put-configuration-recorder "
                + $"--configuration-recorder name=default,roleARN=ROLE --region {place.Region}, and a delivery channel");
        }

        var (name, status) = (recorders[0].TextOf("name") ?? "default", recorders[0].TextOf("lastStatus") ?? "unknown");
        return !recorders[0].IsTrue("recording")
            ? Found.Fail(
                $"The recorder {name} is stopped.",
                $"aws configservice start-configuration-recorder --configuration-recorder-name {name} --region {place.Region}")
            : status.Equals("FAILURE", StringComparison.OrdinalIgnoreCase)
                ? Found.Fail(
                    $"The recorder {name} fails: {recorders[0].TextOf("lastErrorCode")} {recorders[0].TextOf("lastErrorMessage")}",
                    "Mend what AWS Config names: mostly the recorder's role, or its bucket's policy.")
                : Found.Ok($"The recorder {name} records, last status {status}.");
    }
}
