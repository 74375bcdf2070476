using System.Text.Json;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>
/// EC2 as far as volumes of one instance are swapped: what a call made takes its time, and each call is refused where EC2 refuses it.
/// </summary>
internal sealed class FakeVolumes
{
    public const string Instance = "i-1";
    public const string Device = "/dev/xvda";
    private readonly InMemoryHost host;

    public FakeVolumes(InMemoryHost host)
    {
        this.host = host;
        Launched = host.Now - TimeSpan.FromDays(3);
        Volumes["vol-1"] = new() { Attached = true, EndsWithInstance = true };
        host.Fake.On("ec2:DescribeInstances", _ => Json.Parse($$$"""
            {"Reservations":[{"Instances":[
             {"InstanceId":"{{{Instance}}}","State":{"Name":"{{{State}}}"},"LaunchTime":"{{{Launched:O}}}"}]}]}
            """));
        host.Fake.On("ec2:DescribeVolumes", Describe);
        host.Fake.On("ec2:DescribeSnapshots", input => Snapshot is null || Mark(input) != SnapshotMark
            ? Json.Parse("""{"Snapshots":[]}""")
            : Json.Parse($$"""{"Snapshots":[{"SnapshotId":"{{SnapshotId}}","State":"{{Snapshot}}","StartTime":"{{Taken:O}}"}]}"""));
        host.Fake.On("ec2:CreateSnapshot", CreateSnapshot);
        host.Fake.On("ec2:CreateVolume", CreateVolume);
        host.Fake.On("ec2:DetachVolume", Detach);
        host.Fake.On("ec2:AttachVolume", Attach);
        host.Fake.On("ec2:ModifyInstanceAttribute", SetFlag);
        host.Fake.On("ec2:DeleteTags", input => Change(input.Member("Resources")[0].GetString()!, v => v with { Mark = null }));
        host.Fake.On("ec2:DeleteSnapshot", _ =>
        {
            Snapshot = null;
            return Json.EmptyObject;
        });
    }

    public Dictionary<string, FakeVolume> Volumes { get; } = [];

    public string State { get; set; } = "stopped";

    public DateTimeOffset Launched { get; set; }

    public bool IsSlow { get; set; }

    public bool MayNotAttach { get; set; }

    /// <summary>Its state; null where there is none.</summary>
    public string? Snapshot { get; set; }

    public int SnapshotsMade { get; private set; }

    private string SnapshotId => $"snap-{SnapshotsMade}";

    private string? SnapshotMark { get; set; }

    private DateTimeOffset Taken { get; set; }

    /// <summary>The volume at the device.</summary>
    public string InPlace => Assert.Single(Volumes, v => v.Value.Attached).Key;

    private static string? Mark(JsonElement input) => input.Member("Filters").EnumerateArray()
        .Where(f => f.TextOf("Name") is "tag:remediator")
        .Select(f => f.Member("Values")[0].GetString())
        .SingleOrDefault();

    private static string MarkOf(JsonElement input) => input.Member("TagSpecifications")[0].Member("Tags").EnumerateArray()
        .Single(t => t.TextOf("Key") is "remediator")
        .TextOf("Value")!;

    private JsonElement Describe(JsonElement input)
    {
        var ids = input.Member("VolumeIds") is { ValueKind: JsonValueKind.Array } named
            ? named.EnumerateArray().Select(i => i.GetString()!)
            : Volumes.Where(v => v.Value.Mark is { } mark && mark == Mark(input)).Select(v => v.Key);
        return Json.Object([KeyValuePair.Create("Volumes", Json.List(ids.Select(id => Volumes[id].Shown(id))))]);
    }

    private JsonElement CreateSnapshot(JsonElement input)
    {
        SnapshotsMade++;
        (Snapshot, SnapshotMark, Taken) = (IsSlow ? "pending" : "completed", MarkOf(input), host.Now);
        return Json.EmptyObject;
    }

    private JsonElement CreateVolume(JsonElement input)
    {
        Assert.Equal((SnapshotId, "completed", SnapshotId), (input.TextOf("SnapshotId"), Snapshot, input.TextOf("ClientToken")));
        Volumes.Add($"vol-{Volumes.Count + 1}", new()
        {
            Encrypted = true,
            State = IsSlow ? "creating" : "available",
            Mark = MarkOf(input),
        });
        return Json.EmptyObject;
    }

    private JsonElement Detach(JsonElement input)
    {
        Assert.Equal("stopped", State);
        return Change(input.TextOf("VolumeId")!, v => v with { Attached = false, EndsWithInstance = false });
    }

    private JsonElement Attach(JsonElement input)
    {
        Assert.Equal((Instance, Device), (input.TextOf("InstanceId"), input.TextOf("Device")));
        if (MayNotAttach)
        {
            throw FakeAws.Error("ec2:AttachVolume", "UnauthorizedOperation", 403);
        }

        if (input.Member("DryRun") is { ValueKind: JsonValueKind.True })
        {
            throw FakeAws.Error("ec2:AttachVolume", "DryRunOperation", 412);
        }

        Assert.DoesNotContain(Volumes.Values, v => v.Attached);
        return Change(input.TextOf("VolumeId")!, v => v with { Attached = v.State is "available" });
    }

    private JsonElement SetFlag(JsonElement input)
    {
        var ebs = input.Member("BlockDeviceMappings")[0].Member("Ebs");
        return Change(ebs.TextOf("VolumeId")!, v => v with { EndsWithInstance = ebs.Member("DeleteOnTermination").GetBoolean() });
    }

    private JsonElement Change(string id, Func<FakeVolume, FakeVolume> how)
    {
        Volumes[id] = how(Volumes[id]);
        return Json.EmptyObject;
    }
}

/// <summary>A volume, and whether it is at the device.</summary>
internal sealed record FakeVolume
{
    public bool Encrypted { get; init; }

    public string State { get; init; } = "available";

    public bool Attached { get; init; }

    public bool EndsWithInstance { get; init; }

    public string? Mark { get; init; }

    public JsonElement Shown(string id) => Json.Parse($$$"""
        {"VolumeId":"{{{id}}}","State":"{{{(Attached ? "in-use" : State)}}}","Encrypted":{{{(Encrypted ? "true" : "false")}}},"Size":8,
         "VolumeType":"gp2","Iops":100,"AvailabilityZone":"us-east-1a","Attachments":[{{{(Attached ? Attachment : "")}}}]}
        """);

    private string Attachment => $$"""
        {"InstanceId":"{{FakeVolumes.Instance}}","Device":"{{FakeVolumes.Device}}","State":"attached",
         "DeleteOnTermination":{{(EndsWithInstance ? "true" : "false")}}}
        """;
}
