using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>
/// What tells a resource from one that was made later under the same name: its ARN, when it was created, and the ids that AWS gives once.
/// Buckets, tables and clusters keep their id in Config when they are made anew.
/// </summary>
internal sealed record ItemIdentity(string Arn, DateTimeOffset? CreatedAt, FrozenDictionary<string, string> Ids)
{
    private static readonly string[] IdMembers =
    [
        "tableId", "dbiResourceId", "dbClusterResourceId", "roleId", "userId", "policyId", "keyId", "fileSystemId", "clusterCreateTime",
        "instanceCreateTime", "createDate", "creationDate", "creationDateTime", "creationTime", "createdTime", "createdAt", "createTime",
    ];

    public static ItemIdentity Of(string arn, DateTimeOffset? createdAt, JsonElement configuration) => new(
        arn,
        createdAt,
        IdMembers.Where(name => configuration.Member(name).ValueKind is JsonValueKind.String or JsonValueKind.Number)
            .ToFrozenDictionary(name => name, name => Text(configuration.Member(name)), StringComparer.Ordinal));

    /// <summary>Null where nothing speaks against it; else what differs.</summary>
    public string? DifferenceFrom(ItemIdentity other)
    {
        if (Arn.Length > 0 && other.Arn.Length > 0 && Arn != other.Arn)
        {
            return "ARN";
        }

        if (CreatedAt is { } mine && other.CreatedAt is { } theirs && mine.ToUnixTimeSeconds() != theirs.ToUnixTimeSeconds())
        {
            return "creation time";
        }

        return Ids.Keys.Order(StringComparer.Ordinal).FirstOrDefault(
            name => other.Ids.TryGetValue(name, out var value) && value != Ids[name]);
    }

    /// <summary>Times come with and without fractions of a second, and as numbers.</summary>
    private static string Text(JsonElement value) => value.ValueKind is JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
        : value.ToString();
}
