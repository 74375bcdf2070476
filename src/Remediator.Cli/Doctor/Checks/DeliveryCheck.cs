using System.Text.Json;
using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>AWS Config delivers what it records.</summary>
internal sealed class DeliveryCheck : ICheck
{
    private static readonly string[] Ways = ["configHistoryDeliveryInfo", "configSnapshotDeliveryInfo", "configStreamDeliveryInfo"];

    public string Name => "delivery";

    public IEnumerable<Look> Looks(DeploymentView on) => on.Places.Select(place => Look.One($"{place}", async ct =>
    {
        var status = await on.In(place).CallAsync("config:DescribeDeliveryChannelStatus", Json.EmptyObject, ct);
        var channels = status.Each("DeliveryChannelsStatus").ToArray();
        return channels is []
            ? Found.Fail(
                "AWS Config has no delivery channel here: its recorder cannot be started.",
                $"aws configservice put-delivery-channel --delivery-channel name=default,s3BucketName=BUCKET --region {place.Region}")
            : Of(channels);
    }));

    private static Found Of(JsonElement[] channels)
    {
        var failing = channels.SelectMany(c => Ways.Select(w => c.Member(w)))
            .FirstOrDefault(w => string.Equals(w.TextOf("lastStatus"), "FAILURE", StringComparison.OrdinalIgnoreCase));
        return failing.IsObject()
            ? Found.Fail(
                $"The last delivery failed: {failing.TextOf("lastErrorCode")} {failing.TextOf("lastErrorMessage")}".TrimEnd(),
                "Look at the bucket's policy and key, and at the recorder's role: aws configservice describe-delivery-channel-status")
            : Found.Ok(
                $"The last delivery that succeeded: {channels[0].Member(Ways[0]).TextOf("lastSuccessfulTime") ?? "none yet"}.");
    }
}
