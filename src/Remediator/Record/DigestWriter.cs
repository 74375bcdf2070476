using System.Buffers;
using System.Text;
using System.Text.Json;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>
/// Writes a digest as <see cref="DigestJson"/> would, which reads it. What is usual is left out: an item is a few hundred bytes.
/// </summary>
internal static class DigestWriter
{
    public static string Write(Digest digest)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var to = new Utf8JsonWriter(text))
        {
            Write(to, digest);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter to, Digest d)
    {
        var w = new StoredWriter(to, isShort: true);
        to.WriteStartObject();
        w.Text(nameof(d.Id), d.Id);
        to.WriteNumber(nameof(d.Version), d.Version);
        w.AlwaysEnum(nameof(d.State), d.State);
        w.Part(nameof(d.Resource), d.Resource, IncidentWriter.Resource);
        w.Text(nameof(d.Rule), d.Rule);
        w.Text(nameof(d.RuleArn), d.RuleArn);
        w.Text(nameof(d.RuleIdentifier), d.RuleIdentifier);
        w.Text(nameof(d.Playbook), d.Playbook);
        w.Text(nameof(d.Team), d.Team);
        w.TextOrNull(nameof(d.AccountName), d.AccountName);
        w.Enum(nameof(d.Severity), d.Severity);
        w.Enum(nameof(d.Mode), d.Mode);
        w.TextOrNull(nameof(d.Rollout), d.Rollout);
        w.Enum(nameof(d.Reason), d.Reason);
        w.Flag(nameof(d.IsFirst), d.IsFirst);
        w.Time(nameof(d.OpenedAt), d.OpenedAt);
        w.Time(nameof(d.ChangedAt), d.ChangedAt);
        w.Time(nameof(d.FixedAt), d.FixedAt);
        w.Flag(nameof(d.IsChanged), d.IsChanged);
        w.TextOrNull(nameof(d.Plan), d.Plan);
        w.Part(nameof(d.Course), d.Course, IncidentWriter.Course);
        w.TextOrNull(nameof(d.Principal), d.Principal);
        w.TextOrNull(nameof(d.Stack), d.Stack);
        w.TextOrNull(nameof(d.Problem), d.Problem);
        w.TextOrNull(nameof(d.Refused), d.Refused);
        w.TextOrNull(nameof(d.RefusedRole), d.RefusedRole);
        to.WriteEndObject();
    }
}
