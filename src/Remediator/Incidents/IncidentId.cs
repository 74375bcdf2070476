using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Remediator.Incidents;

/// <summary>
/// Names an incident: short, sortable by time, safe to read over the phone (no I, L, O or U).
/// The same event always gives the same id, so a redelivery finds the incident that the first delivery opened.
/// </summary>
internal readonly record struct IncidentId(string Value)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int TimeLetters = 7;
    private const int HashLetters = 5;

    public static IncidentId Of(string incidentKey, DateTimeOffset recordedAt)
    {
        var seconds = (ulong)Math.Max(0, recordedAt.ToUnixTimeSeconds());
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{incidentKey}\n{recordedAt.UtcTicks}"));
        var letters = Letters(seconds, TimeLetters) + Letters(BinaryPrimitives.ReadUInt64BigEndian(hash), HashLetters);
        return new($"{letters[..4]}-{letters[4..8]}-{letters[8..]}");
    }

    /// <summary>
    /// The id of an incident whose own one another incident has: of thousands in one second two may get the same. It too never changes.
    /// </summary>
    public static Incident Another(Incident incident) =>
        incident with { Id = Of($"{incident.Key}\n{incident.Id}", incident.Origin.RecordedAt).Value };

    /// <summary>Reads an id as a person may type it: in any case, with or without its dashes, O for 0, I or L for 1.</summary>
    public static bool TryParse(string text, out IncidentId id)
    {
        var letters = text.Trim().ToUpperInvariant().Replace("-", "", StringComparison.Ordinal)
            .Replace('O', '0').Replace('I', '1').Replace('L', '1');
        var valid = letters.Length == TimeLetters + HashLetters && letters.All(l => Alphabet.Contains(l, StringComparison.Ordinal));
        id = valid ? new($"{letters[..4]}-{letters[4..8]}-{letters[8..]}") : default;
        return valid;
    }

    public override string ToString() => Value;

    private static string Letters(ulong value, int count) => string.Create(count, value, static (span, rest) =>
    {
        for (var i = span.Length - 1; i >= 0; i--)
        {
            span[i] = Alphabet[(int)(rest & 31)];
            rest >>= 5;
        }
    });
}
