using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Tests.Record;

/// <summary>What is written by hand is what the serializer writes, which reads it.</summary>
public sealed class WriterTests
{
    private static readonly Digest Whole = new()
    {
        Id = "i-1",
        Version = 7,
        State = IncidentState.Fixed,
        Resource = new("111122223333", "eu-west-1", "AWS::S3::Bucket", "logs <&> \"ü\""),
        Rule = "rule",
        RuleArn = "arn",
        RuleIdentifier = "S3_RULE",
        Playbook = "playbook",
        Team = "team",
        AccountName = "account",
        Severity = Severity.Critical,
        Mode = Mode.Observe,
        Rollout = "rollout",
        Reason = Reason.NotPermitted,
        IsFirst = true,
        OpenedAt = DateTimeOffset.UnixEpoch,
        ChangedAt = DateTimeOffset.UnixEpoch.AddSeconds(1.5),
        FixedAt = DateTimeOffset.UnixEpoch.AddDays(1),
        IsChanged = true,
        Plan = "plan",
        Course = new() { IsObserved = true, Escalated = Reason.Flapping, Fixes = 2, RightAt = DateTimeOffset.UnixEpoch, HeldWhy = "why" },
        Principal = "role",
        Stack = "stack",
        Problem = "problem",
        Refused = "s3:PutObject",
        RefusedRole = "role",
    };

    [Fact]
    public void An_incident_is_written_as_by_the_serializer_whatever_member_it_lacks()
    {
        var seen = 0;
        foreach (var stored in Lacking(StoredShapes.Records.Select(r => r.Path), StoredShapes.Whole()).Prepend(StoredShapes.Whole()))
        {
            if (OrNull(() => JournalJson.Read(Encoding.UTF8.GetBytes(stored.ToJsonString()))) is { } incident)
            {
                seen++;
                Assert.Equal(
                    OrNull(() => JsonSerializer.Serialize(incident, JournalJson.Default.Incident)),
                    OrNull(() => IncidentText.Of(incident)));
            }
        }

        Assert.True(seen > 100, $"only {seen}");
    }

    [Fact]
    public void A_digest_is_written_as_by_the_serializer_whatever_member_it_lacks()
    {
        var whole = JsonSerializer.SerializeToNode(Whole, DigestJson.Default.Digest)!.AsObject();
        var later = Whole with { Mode = LaterValues.Read<Mode>("Later") };
        var digests = Lacking(["$", "$.Course"], whole).Select(s => OrNull(() => s.Deserialize(DigestJson.Default.Digest)));

        Assert.All(
            digests.OfType<Digest>().Append(Whole).Append(later),
            d => Assert.Equal(JsonSerializer.Serialize(d, DigestJson.Default.Digest), DigestWriter.Write(d)));
    }

    [Fact]
    public void What_would_not_be_read_again_is_refused_by_name()
    {
        var fault = Assert.Throws<JsonException>(() => DigestWriter.Write(Whole with { Rule = null! }));

        Assert.Equal("Rule is missing.", fault.Message);
    }

    /// <summary>The same without one member of one of the records.</summary>
    private static IEnumerable<JsonObject> Lacking(IEnumerable<string> records, JsonObject whole) =>
        from path in records
        from member in StoredShapes.At(whole, path).AsObject().Select(m => m.Key)
        select Without(whole, path, member);

    private static JsonObject Without(JsonObject whole, string path, string member)
    {
        var copy = whole.DeepClone().AsObject();
        StoredShapes.At(copy, path).AsObject().Remove(member);
        return copy;
    }

    /// <summary>Null where a required member is missing.</summary>
    private static T? OrNull<T>(Func<T?> made)
        where T : class
    {
        try
        {
            return made();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
